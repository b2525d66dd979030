#pragma once

// Cuts a record's line into cells by fast-cpp-csv-parser's own rules.

#include <string_view>
#include <vector>

namespace seqload::input {

// Appends the line's cells, unescaped in place, without the spaces around unquoted
// ones (and tabs, unless they separate).
// The line ends with NUL and stays alive as long as the views.
// Throws std::logic_error if a quote is not closed; the record source closes them.
void cut_cells(char* line, char separator, std::vector<std::string_view>& cells);

}  // namespace seqload::input
