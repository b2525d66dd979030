#pragma once

// Writes a record as one line that fast-cpp-csv-parser cuts into the same cells
// as Python's csv module would: cells that hold quotes or line breaks are
// quoted, and nothing stands outside their quotes.

#include <string>
#include <string_view>

namespace seqload::input {

struct RegularRecord {
    std::string line;             // without a line feed
    std::size_t line_breaks = 0;  // inside quotes: LF, CRLF and lone CR count one each
    bool folded = false;          // line feeds were written as folded_line_feed
};

// The record comes without its own line break and without bytes that UTF-8
// never has. A quote that is still open at its end is closed there.
void regularize(std::string_view record, char separator, RegularRecord& regular);

}  // namespace seqload::input
