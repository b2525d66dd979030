#pragma once

// Taking contacts out of a sequence: `POST
// /api/v1/emailer_campaigns/remove_or_stop_contact_ids` (openapi.json, operation
// update-contact-status-sequence; facts.md, "Operations that help"). Sent twice,
// it does nothing more. The API takes the cross product of sequences and
// contacts, so a request names one sequence.

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

enum class RemovalMode : std::uint8_t {
    remove,            // out of the sequence
    stop,              // they stay in it, and get no more of its mails
    mark_as_finished,  // as if they had gone through it
};

// As the API spells it.
std::string_view name(RemovalMode mode);
std::optional<RemovalMode> parse_removal_mode(std::string_view name);

// How many contacts a request takes.
inline constexpr std::size_t contacts_per_removal = 100;

// At least one contact and at most contacts_per_removal: std::logic_error.
net::Request remove_request(const Id& sequence, std::span<const Id> contacts, RemovalMode mode,
                            const Credentials& credentials, std::string_view user_agent);

// Whom the body of a 2xx answer names as touched, or else why it does not say: it is
// not the JSON expected, lists no contacts, lists some that cannot be read, or Apollo has
// made a job of it that runs later (openapi.json, `entity_progress_job`). An empty list
// says something, a missing one does not. Pure and safe from any thread.
std::expected<std::vector<Id>, std::string> read_removal(std::string_view body, const Id& sequence);

}  // namespace seqload::apollo
