#pragma once

// One record of a file, cut into cells.

#include "seqload/input/row_outline.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace seqload::input {

// What makes the bytes of a record no good record, whatever its cells say.
enum class RecordProblem : char {
    none = '-',
    unterminated_quote = 'q',
    record_too_long = 'l',
    bad_utf8 = 'u',
    nul_byte = 'n',
};

struct Record {
    std::uint64_t line = 0;  // physical line on which it starts, from 1
    RecordProblem problem = RecordProblem::none;
    std::span<const std::string_view> cells;  // at least one; unescaped, without outer spaces
    const RowOutline* outline = nullptr;      // where the reader was asked for it
};

}  // namespace seqload::input
