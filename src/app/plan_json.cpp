#include "seqload/app/plan_json.hpp"

#include "seqload/app/forecast_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/plan/forecast.hpp"
#include "target_json.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t piece_size = std::size_t{64} << 10U;

// Stands where the targets are to be written. Nothing else of the text can be like it, for
// no string in JSON holds a line feed.
constexpr std::string_view no_targets = "\n  \"targets\": null";

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

Json all_but_targets(const PlannedInput& input, const QuotaLimits& limits,
                     const plan::Canary& canary) {
    const plan::Totals& totals = input.planner().totals();
    const plan::CanaryCost cost = plan::cost_of(canary, input.planner());
    const std::uint64_t requests = input.planner().requests() + cost.more_requests;
    const plan::QuotaStanding standing = plan::fresh_windows(limits);
    const plan::Forecast forecast = plan::forecast(requests, standing);
    Json json;
    json["input"] = Json::array();
    for (std::size_t i = 0; i < input.files().size(); ++i) {
        json["input"].push_back({{"file", input.files().name(i)}, {"rows", input.rows_of(i)}});
    }
    json["rows"] = {{"total", totals.rows},
                    {"to_send", totals.to_send},
                    {"duplicate", totals.duplicate},
                    {"excluded", totals.excluded},
                    {"invalid", totals.invalid}};
    json["targets"] = nullptr;
    if (canary.rows > 0)
        json["canary"] = {{"rows_per_target", canary.rows},
                          {"targets", cost.targets},
                          {"rows", cost.rows},
                          {"more_requests", cost.more_requests}};
    json["requests"] = requests;
    json["duration_seconds"] = std::chrono::duration<double>(forecast.duration).count();
    for (const Window window : windows) {
        auto& limit = json["limits"][std::string(name(window))];
        limit = limits[window] ? Json(*limits[window]) : nullptr;
    }
    json["forecast"] = forecast_json(forecast, standing);
    return json;
}

std::string target_text(const PlannedInput& input, TargetIndex index,
                        const plan::TargetLoad& load) {
    Json json = target_json(input.targets()[index], input.targets());
    json["contacts"] = load.contact_rows;
    json["labels"] = load.label_rows;
    json["requests"] = load.requests;
    return text_of(json);
}

// As an element of an array that is a member of the whole.
void append_indented(std::string_view text, std::string& piece) {
    constexpr std::string_view indentation = "\n    ";
    piece += indentation;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        piece += text.substr(0, end);
        piece += indentation;
        text.remove_prefix(end + 1);
    }
    piece += text;
}

}  // namespace

Result<> write_plan_json(const PlannedInput& input, const QuotaLimits& limits,
                         const plan::Canary& canary,
                         const std::function<Result<>(std::string_view)>& write) {
    const std::string text = text_of(all_but_targets(input, limits, canary)) + '\n';
    const auto place = text.find(no_targets);
    if (place == std::string::npos)
        throw std::logic_error("a plan in JSON has no place for its targets");
    constexpr std::string_view null = "null";
    const auto end = place + no_targets.size();

    std::string piece = text.substr(0, end - null.size()) + '[';
    bool any = false;
    for (TargetIndex index = 0; index < input.planner().target_count(); ++index) {
        const plan::TargetLoad load = input.planner().load(index);
        if (load.contact_rows == 0 && load.label_rows == 0)
            continue;
        if (std::exchange(any, true))
            piece += ',';
        append_indented(target_text(input, index, load), piece);
        if (piece.size() < piece_size)
            continue;
        if (auto written = write(piece); !written)
            return written;
        piece.clear();
    }
    piece += joined(any ? "\n  ]" : "]", std::string_view(text).substr(end));
    return write(piece);
}

}  // namespace seqload::app
