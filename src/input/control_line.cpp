#include "seqload/input/control_line.hpp"

#include <charconv>
#include <stdexcept>

namespace seqload::input {

// mark, problem, 'f' or '-' (folded), 'x' or '-' (failed), skipped lines in decimal

void append_to(std::string& text, const ControlLine& control) {
    text += control_mark;
    text += static_cast<char>(control.problem);
    text += control.folded ? 'f' : '-';
    text += control.failed ? 'x' : '-';
    text += std::to_string(control.skipped_lines);
    text += '\n';
}

std::optional<ControlLine> read_control_line(std::string_view line) {
    constexpr std::size_t digits_from = 4;
    if (line.empty() || line.front() != control_mark)
        return std::nullopt;
    ControlLine control;
    if (line.size() > digits_from) {
        const char* end = line.data() + line.size();
        const auto [behind, trouble] =
            std::from_chars(line.data() + digits_from, end, control.skipped_lines);
        if (trouble == std::errc{} && behind == end) {
            control.problem = static_cast<RecordProblem>(line[1]);
            control.folded = line[2] == 'f';
            control.failed = line[3] == 'x';
            return control;
        }
    }
    throw std::logic_error("a control line between record source and reader is not one");
}

}  // namespace seqload::input
