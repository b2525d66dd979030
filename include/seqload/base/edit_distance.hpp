#pragma once

// How far apart two texts are, for finding what somebody probably meant.

#include <cstddef>
#include <string_view>

namespace seqload {

// How many insertions, deletions, replacements and swaps of neighbours lie
// between two texts, byte by byte; most + 1 if they are more than most.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most);

}  // namespace seqload
