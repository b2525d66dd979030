#pragma once

// Where a record ends. The rules are those of Python's csv module, not strict:
// a quote means something only as the first byte of a cell; in a quoted cell ""
// is a quote; what follows the closing quote belongs to the cell as it stands.
// A record ends at LF, CRLF or a lone CR outside quotes.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace seqload::input {

enum class CellState : std::uint8_t {
    start,        // at the first byte of a cell
    unquoted,     // in a cell without quotes, or after a quoted part of one
    quoted,       // between quotes
    after_quote,  // after a quote that may have closed them
};

// A scan that can be taken up again when more of the record has been read.
struct RecordScan {
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    CellState state = CellState::start;
    std::size_t position = 0;        // the next byte to look at, from the record's start
    std::size_t first_break = none;  // the first line break, inside quotes or not
    std::size_t end = none;          // of the record, before its line break
    std::size_t next = none;         // behind its line break
    bool irregular = false;          // not what the parser's own quote rule reads the same way

    bool is_complete() const { return next != none; }
};

// Goes on with the scan of the record at the start of the text and returns when
// the record ends, when the text does, or, if asked, behind the first line break
// inside quotes. A CR that is the last byte is left for later: a LF may follow.
void advance(RecordScan& scan, std::string_view text, char separator,
             bool pause_at_first_break = false);

}  // namespace seqload::input
