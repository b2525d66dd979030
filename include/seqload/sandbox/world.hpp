#pragma once

// What a sandbox stands for: one Apollo team with its keys, sequences,
// mailboxes, users, labels and contacts, as it is before the first request.

#include "seqload/base/error.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/sandbox/answer_shape.hpp"
#include "seqload/sandbox/contact_book.hpp"
#include "seqload/sandbox/memberships.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

// An API key or a bearer token.
struct Key {
    std::string secret;
    bool master = true;
    bool closed = false;              // the account is closed: answered as an unknown key
    std::vector<std::string> scopes;  // what a key that is not master may use, as Apollo spells it:
                                      // "api/v1/contacts/search"
};

struct Sequence {
    Id id;
    std::string name;
    bool active = true;
    bool archived = false;
    bool aggregate_accounts = true;  // whether mailboxes of that kind can send for it
    std::uint32_t steps = 3;
    Id user;
};

struct Mailbox {
    Id id;
    std::string email;
    bool active = true;
    std::string revoked_at;  // empty: not revoked
    std::string inactive_reason;
    bool aggregate = false;
    Id user;
    std::vector<std::string> aliases;

    bool usable() const { return active && revoked_at.empty(); }
};

struct User {
    Id id;
    std::string first_name;
    std::string last_name;
    std::string email;
};

struct Label {
    Id id;
    std::string name;
    std::string modality = "contacts";
    Id user;
    std::optional<std::uint32_t> cached_count = std::nullopt;  // where Apollo's count is not true
};

struct InitialMembership {
    ContactIndex contact = 0;
    SequenceIndex sequence = 0;
    MembershipStatus status = MembershipStatus::active;
};

struct World {
    std::vector<Key> keys;    // header x-api-key
    std::vector<Key> tokens;  // header Authorization: Bearer
    bool paid_plan = true;    // false: the searches answer 403 with a message, as on free plans
    Id team;
    std::vector<Sequence> sequences;
    std::vector<Mailbox> mailboxes;
    std::vector<User> users;
    std::vector<Label> labels;
    ContactBook contacts;
    std::vector<InitialMembership> memberships;
    AnswerShape shape;
    std::map<std::string, QuotaLimits, std::less<>> limits;  // by route, before those of the plan
    bool refused_requests_count = false;  // whether a request answered 429 uses up quota

    std::optional<SequenceIndex> find_sequence(std::string_view id) const;
    std::optional<std::uint32_t> find_mailbox(std::string_view id) const;
    std::optional<LabelIndex> find_label(std::string_view name) const;
    std::optional<LabelIndex> find_label_id(std::string_view id) const;

    // How many carry the label, as Apollo says.
    std::uint32_t cached_count(LabelIndex label) const;

    // The first master key that is not closed; empty if there is none.
    std::string_view master_key() const;
};

}  // namespace seqload::sandbox
