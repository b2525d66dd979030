#include "seqload/app/log.hpp"

#include "seqload/app/colours.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/base/clock.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <spdlog/spdlog.h>

namespace seqload::app {

namespace {

spdlog::level::level_enum level_of(const LogLine& line) {
    switch (line.level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

Log& Log::of_process() {
    static Log log;
    return log;
}

void Log::behave(const LogManners& manners) {
    manners_ = manners;
    if (manners.format == LogFormat::json) {
        StandardError::of_process().tell_left_out_as([this](std::uint64_t lines) {
            return in_json({.level = LogLevel::warning, .message = left_out_message(lines)});
        });
    }
}

void Log::tell(LogLine line) {
    if (line.level < manners_.least)
        return;
    if (manners_.format == LogFormat::json)
        write_json(std::move(line));
    else
        spdlog::log(level_of(line), "{}", line.message);
}

void Log::say(std::span<const LogLine> lines, std::string_view text) {
    if (std::ranges::any_of(
            lines, [&](LogLevel level) { return level >= manners_.least; }, &LogLine::level))
        say_in_any_case(lines, text);
}

void Log::say_in_any_case(std::span<const LogLine> lines, std::string_view text) {
    if (manners_.format == LogFormat::json) {
        for (const LogLine& line : lines)
            write_json(line);
        return;
    }
    StandardError& standard_error = StandardError::of_process();
    if (standard_error.manners().colours)
        standard_error.say(with_painted_words(text));
    else
        standard_error.say(text);
}

std::string Log::in_json(LogLine line) const {
    if (line.run_id.empty())
        line.run_id = run_id_;
    return json_line(line, SystemClock().wall());
}

void Log::write_json(LogLine line) {
    StandardError::of_process().say(in_json(std::move(line)));
}

}  // namespace seqload::app
