#pragma once

// Finds what somebody probably meant.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload::input {

// How many insertions, deletions, replacements and swaps of neighbours lie
// between two texts; most + 1 if they are more than most.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most);

// The candidate nearest to the wanted name, normalized both, if it is near
// enough to be a slip: one edit for every four characters, three at most.
std::optional<std::string_view> near_miss(std::string_view wanted,
                                          std::span<const std::string> candidates);

}  // namespace seqload::input
