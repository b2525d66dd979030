#pragma once

// Finds what somebody probably meant.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload::input {

// The candidate nearest to the wanted name, normalized both, if it is near
// enough to be a slip: one edit for every four characters, three at most.
std::optional<std::string_view> near_miss(std::string_view wanted,
                                          std::span<const std::string> candidates);

}  // namespace seqload::input
