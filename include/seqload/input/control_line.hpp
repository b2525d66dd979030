#pragma once

// How the record source tells the record reader what a bare line cannot say.
// Between them stands fast-cpp-csv-parser's LineReader, which may read ahead on
// a thread of its own, so everything travels in the text itself: a control line
// before the line that it is about. It begins with a byte that UTF-8 never has.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::input {

inline constexpr char control_mark = '\xFF';

// Stands for a line feed inside quotes, so that a record is one line.
inline constexpr char folded_line_feed = '\xFE';

// What makes the bytes of a record no good record, whatever its cells say.
enum class RecordProblem : char {
    none = '-',
    unterminated_quote = 'q',
    record_too_long = 'l',
    bad_utf8 = 'u',
    nul_byte = 'n',
};

struct ControlLine {
    RecordProblem problem = RecordProblem::none;  // of the next line
    bool folded = false;                          // the next line holds folded_line_feed
    bool failed = false;                          // reading has failed; there is no next line
    std::uint64_t skipped_lines = 0;  // physical lines between the last line and the next

    bool operator==(const ControlLine&) const = default;
};

// With the mark in front and a line feed at the end.
void append_to(std::string& text, const ControlLine& control);

// nullopt if this is not a control line. The line comes without its line feed.
// Throws std::logic_error if it begins with the mark and is none of ours.
std::optional<ControlLine> read_control_line(std::string_view line);

}  // namespace seqload::input
