#include "seqload/app/say.hpp"

#include "seqload/app/log.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <cerrno>
#include <cstdio>
#include <string>

namespace seqload::app {

namespace {

std::string_view without_line_feeds_around(std::string_view text) {
    while (text.starts_with('\n'))
        text.remove_prefix(1);
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    return text;
}

// As text, with that before it.
void say_line(const LogLine& line, std::string_view before) {
    say(std::span(&line, 1), joined(before, line.message, "\n"));
}

}  // namespace

Result<> print(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
        return fail(ErrorKind::local_fault, "cannot be written: " + system_message(errno),
                    "standard output", "the report files are complete all the same");
    }
    return {};
}

void say(std::string_view text) {
    const LogLine line{.message = std::string(without_line_feeds_around(text))};
    if (!line.message.empty())
        say(std::span(&line, 1), text);
}

void say(std::span<const LogLine> lines, std::string_view text) {
    Log::of_process().say(lines, text);
}

void say_question(std::string_view text) {
    const LogLine line{.message = std::string(trimmed(text))};
    Log::of_process().say_in_any_case(std::span(&line, 1), text);
}

void remark(LogLevel level, std::string_view message) {
    say_line({.level = level, .message = std::string(message)}, "seqload: ");
}

void note(std::string_view message) {
    say_line({.level = LogLevel::info, .message = std::string(message)}, "seqload: note: ");
}

void warn(std::string_view message) {
    say_line({.level = LogLevel::warning, .message = std::string(message)}, "seqload: warning: ");
}

void complain(const Error& error, std::string_view request_id) {
    say_line({.level = LogLevel::error,
              .message = printable(to_string(error)),
              .request_id = std::string(request_id)},
             "seqload: error: ");
}

}  // namespace seqload::app
