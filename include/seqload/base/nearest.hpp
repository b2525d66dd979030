#pragma once

// What somebody probably meant who wrote a name that nobody knows.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload {

// The candidate nearest to the wanted name, if it is near enough to be a slip:
// one edit for every four characters, at least one and at most three; case does
// not matter. Of several as near, the first.
std::optional<std::string> nearest(std::string_view wanted,
                                   std::span<const std::string> candidates);

}  // namespace seqload
