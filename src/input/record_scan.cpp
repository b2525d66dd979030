#include "seqload/input/record_scan.hpp"

namespace seqload::input {

namespace {

// The length of the line break at the position: 1 or 2, or 0 if it cannot be
// told because the text ends behind a CR.
std::size_t line_break_length(std::string_view text, std::size_t position) {
    if (text[position] == '\n')
        return 1;
    if (position + 1 == text.size())
        return 0;
    return text[position + 1] == '\n' ? 2 : 1;
}

CellState behind_quote(CellState state) {
    return state == CellState::unquoted ? CellState::unquoted : CellState::quoted;
}

}  // namespace

void advance(RecordScan& scan, std::string_view text, char separator, bool pause_at_first_break) {
    while (scan.position < text.size()) {
        const char character = text[scan.position];
        if (character == '\n' || character == '\r') {
            const std::size_t length = line_break_length(text, scan.position);
            if (length == 0)
                return;
            const bool is_first = scan.first_break == RecordScan::none;
            if (is_first)
                scan.first_break = scan.position;
            if (scan.state != CellState::quoted) {
                scan.end = scan.position;
                scan.next = scan.position + length;
                return;
            }
            scan.irregular = true;
            scan.position += length;
            if (is_first && pause_at_first_break)
                return;
            continue;
        }
        ++scan.position;
        if (scan.state == CellState::quoted) {
            if (character == '"')
                scan.state = CellState::after_quote;
        } else if (character == separator) {
            scan.state = CellState::start;
        } else if (character == '"') {
            scan.irregular = scan.irregular || scan.state == CellState::unquoted;
            scan.state = behind_quote(scan.state);
        } else {
            scan.irregular = scan.irregular || scan.state == CellState::after_quote;
            scan.state = CellState::unquoted;
        }
    }
}

}  // namespace seqload::input
