#include "seqload/app/log_line.hpp"

#include "seqload/base/timestamp.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

constexpr std::array levels{LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error};

}  // namespace

std::string_view name(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "";
}

std::optional<LogLevel> parse_log_level(std::string_view text) {
    const auto* const found =
        std::ranges::find(levels, text, [](LogLevel level) { return name(level); });
    return found == levels.end() ? std::nullopt : std::optional(*found);
}

std::string json_line(const LogLine& line, WallTime at) {
    using Json = nlohmann::ordered_json;
    Json json{{"ts", to_text(at)}, {"level", name(line.level)}, {"message", line.message}};
    if (!line.run_id.empty())
        json["run_id"] = line.run_id;
    if (line.batch != 0)
        json["batch"] = line.batch;
    if (!line.sequence_id.empty())
        json["sequence_id"] = line.sequence_id;
    if (!line.request_id.empty())
        json["request_id"] = line.request_id;
    constexpr int on_one_line = -1;
    constexpr bool ascii_only = true;
    return json.dump(on_one_line, ' ', ascii_only, Json::error_handler_t::replace) + '\n';
}

}  // namespace seqload::app
