#pragma once

// A line of what is told on standard error, as a value; and as a line of JSON. Pure.

#include "seqload/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::app {

// The graver, the greater.
enum class LogLevel : std::uint8_t { debug, info, warning, error };

// "debug", "info", "warning", "error".
std::string_view name(LogLevel level);
std::optional<LogLevel> parse_log_level(std::string_view text);

// What is told, and what it is about, as far as whoever tells it knows.
struct LogLine {
    LogLevel level = LogLevel::info;
    std::string message;           // without a line feed at its end
    std::string run_id = {};       // empty: not known, or no run's
    std::int64_t batch = 0;        // its number within the run, from 1; 0: as above
    std::string sequence_id = {};  // empty: as above
    std::string request_id = {};   // Apollo's x-request-id; empty: as above

    bool operator==(const LogLine&) const = default;
};

// One object on one line, with a line feed at the end: ts (RFC 3339, UTC, with milliseconds),
// level, message, and of run_id, batch, sequence_id, request_id those that are known. ASCII
// whatever the texts hold, so nothing in them drives a terminal or turns its text around;
// bytes that are not UTF-8 become U+FFFD.
std::string json_line(const LogLine& line, WallTime at);

}  // namespace seqload::app
