#include "seqload/app/log_manners.hpp"

#include "seqload/base/joined.hpp"

#include <cstddef>
#include <vector>

namespace seqload::app {

namespace {

// The values that an option seems to be given, the strongest last.
std::vector<std::string_view> values_seen(std::span<const std::string> arguments,
                                          std::string_view option) {
    std::vector<std::string_view> values;
    const std::string with_value = joined(option, "=");
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        if (arguments[i] == option && i + 1 < arguments.size())
            values.emplace_back(arguments[i + 1]);
        else if (arguments[i].starts_with(with_value))
            values.emplace_back(std::string_view(arguments[i]).substr(with_value.size()));
    }
    return values;
}

}  // namespace

std::optional<LogFormat> parse_log_format(std::string_view text) {
    if (text == "text")
        return LogFormat::text;
    return text == "json" ? std::optional(LogFormat::json) : std::nullopt;
}

LogManners log_manners_seen(std::span<const std::string> arguments, const Variables& variables) {
    LogManners manners;
    manners.format =
        parse_log_format(value_of(variables, "SEQLOAD_LOG_FORMAT")).value_or(manners.format);
    manners.least =
        parse_log_level(value_of(variables, "SEQLOAD_LOG_LEVEL")).value_or(manners.least);
    for (const std::string_view value : values_seen(arguments, "--log-format"))
        manners.format = parse_log_format(value).value_or(manners.format);
    for (const std::string_view value : values_seen(arguments, "--log-level"))
        manners.least = parse_log_level(value).value_or(manners.least);
    return manners;
}

}  // namespace seqload::app
