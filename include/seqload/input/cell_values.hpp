#pragma once

// What may stand in a cell, and likewise in the option that is its default.
// All of these take the text with or without spaces around it.

#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace seqload::input {

// 24 hex characters in either case.
std::optional<Id> parse_id(std::string_view text);

// One id, or several separated by ';', sorted and each once. Empty parts ("a;")
// are passed over; nullopt if none is left or one is not an id.
std::optional<std::vector<Id>> parse_mailboxes(std::string_view text);

// true/false, yes/no, 1/0 in any case.
std::optional<bool> parse_flag(std::string_view text);

// active, paused, in any case.
std::optional<InitialStatus> parse_status(std::string_view text);

// Whether this can be an e-mail address: one '@', a local part of 1 to 64
// characters, a domain of two or more labels, no spaces, quotes or angle
// brackets, at most 254 bytes (RFC 5321, section 4.5.3.1; RFC 6531 allows
// bytes beyond ASCII). Quoted local parts and address literals are not taken.
bool is_email_address(std::string_view text);

}  // namespace seqload::input
