#include "seqload/app/block_frames.hpp"

#include "seqload/base/joined.hpp"

#include <utility>

namespace seqload::app {

namespace {

// A terminal that knows these shows what is between them at once; others pass over them.
constexpr std::string_view begin_frame = "\x1b[?2026h";
constexpr std::string_view end_frame = "\x1b[?2026l";
// A frame that was made for a wider terminal is cut off, not broken into more lines than
// the cursor goes back.
constexpr std::string_view break_no_lines = "\x1b[?7l";
constexpr std::string_view break_lines = "\x1b[?7h";
constexpr std::string_view erase_rest_of_line = "\x1b[K";
constexpr std::string_view erase_below = "\x1b[J";

}  // namespace

std::string BlockFrames::frame() const {
    if (lines_.empty())
        return "";
    std::string bytes = joined(break_no_lines, "\r");
    for (const std::string& line : lines_)
        bytes += joined(&line == lines_.data() ? "" : "\n", line, erase_rest_of_line);
    bytes += joined(erase_below, "\r", break_lines);
    if (lines_.size() > 1)
        bytes += joined("\x1b[", std::to_string(lines_.size() - 1), "A");
    return bytes;
}

std::string BlockFrames::draw(std::vector<std::string> lines, bool anew) {
    if (lines.empty())
        return erase();
    if (lines == lines_ && !anew)
        return "";
    lines_ = std::move(lines);
    return joined(begin_frame, std::exchange(line_is_open_, false) ? "\n" : "", frame(), end_frame);
}

std::string BlockFrames::above(std::string_view text) {
    if (text.empty())
        return "";
    if (lines_.empty()) {
        line_is_open_ = !text.ends_with('\n');
        return std::string(text);
    }
    const std::string start = joined(begin_frame, "\r", erase_below, text);
    if (text.ends_with('\n'))
        return joined(start, frame(), end_frame);
    lines_.clear();
    line_is_open_ = true;
    return joined(start, end_frame);
}

std::string BlockFrames::erase() {
    if (lines_.empty())
        return "";
    lines_.clear();
    // Ctrl-C and Ctrl-Z let the terminal throw away what it has not shown yet (termios(3),
    // NOFLSH): the end of the last frame may be lost, and with it what ended its modes.
    return joined("\r", erase_below, break_lines, end_frame);
}

}  // namespace seqload::app
