#pragma once

// Writes a record so that fast-cpp-csv-parser cuts into the same cells
// as Python's csv module would: cells that hold quotes or line breaks are
// quoted, and nothing stands outside their quotes.

#include <string>
#include <string_view>

namespace seqload::input {

struct RegularRecord {
    std::string line;             // without the record's own line break
    std::size_t line_breaks = 0;  // inside quotes: LF, CRLF and lone CR count one each
};

// The record comes without its own line break. A quote that is still open at its end is closed
// there.
void regularize(std::string_view record, char separator, RegularRecord& regular);

}  // namespace seqload::input
