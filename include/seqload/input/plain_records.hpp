#pragma once

// Cuts stretches of records in which nothing needs a closer look: valid UTF-8 without
// quotes and NUL, with LF or CRLF behind each record. This is where nearly all text
// passes, so it goes 64 bytes at a time.

#include "seqload/input/record_block.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::input {

inline constexpr std::size_t most_record_bytes = std::size_t{1} << 20U;

struct PlainStretch {
    std::size_t bytes = 0;    // of whole records
    bool before_odd = false;  // the record behind them is not plain; else it is not whole
};

// Puts the records at the start of the text into the block, as far as its room
// goes. `line` is the line on which the first starts, and then the one behind the
// last. Blank lines are passed over.
PlainStretch cut_plain_records(std::string_view text, char separator, RecordBlock& block,
                               std::uint64_t& line);

}  // namespace seqload::input
