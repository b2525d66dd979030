#pragma once

// The team's mailboxes: `GET /api/v1/email_accounts` (openapi.json, operation
// get-a-list-of-email-accounts), all in one answer.

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

struct Mailbox {
    Id id;
    std::string email = {};
    // Where Apollo does not say, it is taken to work: nobody is stopped for what was not said.
    bool active = true;
    bool revoked = false;                   // the provider's consent was withdrawn (`revoked_at`)
    std::string inactive_reason = {};       // Apollo's words, one line; may be empty
    std::vector<std::string> aliases = {};  // without `email` itself
    std::optional<Id> user = std::nullopt;  // whose it is
    std::optional<std::uint32_t> daily_limit = std::nullopt;  // e-mails a day

    bool usable() const { return active && !revoked; }

    bool operator==(const Mailbox&) const = default;
};

net::Request mailboxes_request(const Credentials& credentials, std::string_view user_agent);

// The mailboxes in the body of a 2xx answer, or else why it is not the JSON expected. One without
// a readable id is passed over; a list of nothing else is not what was expected. Pure, safe from
// any thread.
std::expected<std::vector<Mailbox>, std::string> read_mailboxes(std::string_view body);

}  // namespace seqload::apollo
