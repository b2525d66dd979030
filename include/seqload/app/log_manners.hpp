#pragma once

// How a command talks on standard error: as text or JSON, and how much. Pure.

#include "seqload/app/log_line.hpp"
#include "seqload/app/variables.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload::app {

enum class LogFormat : std::uint8_t { text, json };

std::optional<LogFormat> parse_log_format(std::string_view text);

struct LogManners {
    LogFormat format = LogFormat::text;
    LogLevel least = LogLevel::info;  // what is less grave goes unsaid

    bool operator==(const LogManners&) const = default;
};

// As --log-format and --log-level, or else their variables, seem to ask for: for what is
// wrong with a command line before all of it is understood. The last one that makes sense
// holds; the configuration file is not looked at.
LogManners log_manners_seen(std::span<const std::string> arguments, const Variables& variables);

}  // namespace seqload::app
