#pragma once

// What stands between two cells.

#include <array>
#include <string_view>

namespace seqload::input {

inline constexpr std::array separators{',', ';', '\t', '|'};

bool is_separator(char character);

// The separator that occurs most often outside quotes in the first line that is
// not blank; of equals the one that stands first in `separators`, and ',' where
// none occurs.
char find_separator(std::string_view beginning);

}  // namespace seqload::input
