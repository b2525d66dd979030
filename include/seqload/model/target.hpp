#pragma once

// What a row asks for besides the contact: the sequence, the mailboxes and
// every other parameter of the request. Rows that agree on all of it form a
// target and share requests.

#include "seqload/model/id.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload {

// The nine flags of the request (facts.md, "The endpoint"); all default to
// false, so a flag that is false is the same as one that is not given.
enum class Flag : std::uint8_t {
    sequence_no_email,
    sequence_unverified_email,
    sequence_job_change,
    sequence_active_in_other_campaigns,
    sequence_finished_in_other_campaigns,
    sequence_same_company_in_same_campaign,
    contacts_without_ownership_permission,
    add_if_in_queue,
    contact_verification_skipped,
};

inline constexpr std::size_t flag_count = 9;

inline constexpr std::array<std::string_view, flag_count> flag_names{
    "sequence_no_email",
    "sequence_unverified_email",
    "sequence_job_change",
    "sequence_active_in_other_campaigns",
    "sequence_finished_in_other_campaigns",
    "sequence_same_company_in_same_campaign",
    "contacts_without_ownership_permission",
    "add_if_in_queue",
    "contact_verification_skipped",
};

constexpr std::string_view name(Flag flag) {
    return flag_names[static_cast<std::size_t>(flag)];
}

using Flags = std::bitset<flag_count>;

enum class InitialStatus : std::uint8_t { unspecified, active, paused };

// "", "active", "paused".
std::string_view name(InitialStatus status);

struct Target {
    Id sequence;
    std::vector<Id> mailboxes;  // sorted, each once, at least one; several rotate
    std::string from_address;   // send_email_from_email_address; empty: not given
    std::optional<Id> user;
    InitialStatus status = InitialStatus::unspecified;
    std::string auto_unpause_at;  // ISO 8601 with a zone, as it was given; empty: not given
    Flags flags;

    bool operator==(const Target&) const = default;
};

// The mailboxes as one cell: "id;id".
std::string mailboxes_text(const Target& target);

// A target's place in its TargetTable (target_table.hpp), from 0.
using TargetIndex = std::uint32_t;

}  // namespace seqload
