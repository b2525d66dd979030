#pragma once

// The lists of a team as the state keeps them: JSON text, and back. Pure.

#include "seqload/apollo/labels.hpp"
#include "seqload/apollo/mailboxes.hpp"
#include "seqload/apollo/sequences.hpp"
#include "seqload/apollo/usage.hpp"
#include "seqload/apollo/users.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

std::string list_json(const std::vector<apollo::Sequence>& sequences);
std::string list_json(const std::vector<apollo::Mailbox>& mailboxes);
std::string list_json(const std::vector<apollo::Label>& labels);
std::string list_json(const std::vector<apollo::User>& users);
std::string list_json(const apollo::Usage& usage);

// The same back; text that is not UTF-8 comes back with U+FFFD in place of the bad
// bytes. nullopt: another version wrote it, or nobody did. Lists are: a vector of
// sequences, mailboxes, labels or users; a Usage.
template <typename List>
std::optional<List> list_in(std::string_view text);

template <>
std::optional<std::vector<apollo::Sequence>> list_in(std::string_view text);
template <>
std::optional<std::vector<apollo::Mailbox>> list_in(std::string_view text);
template <>
std::optional<std::vector<apollo::Label>> list_in(std::string_view text);
template <>
std::optional<std::vector<apollo::User>> list_in(std::string_view text);
template <>
std::optional<apollo::Usage> list_in(std::string_view text);

}  // namespace seqload::app
