#include "seqload/app/load_forecast.hpp"

#include "seqload/app/forecast_text.hpp"
#include "seqload/app/quota_standing.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/plan/rows_covered.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace seqload::app {

Result<LoadForecast> forecast_load(const LoadForecastParts& parts) {
    auto standing = remembered_standing(parts.store, parts.route, parts.connection, parts.clock);
    if (!standing)
        return std::unexpected(std::move(standing.error()));
    if (parts.usage != nullptr) {
        if (const auto& adding = (*parts.usage)[apollo::MeteredRoute::add_contacts])
            allow_for(*adding, parts.connection.reserve, *standing);
    }
    LoadForecast made{.standing = *standing,
                      .bounds = {.longest_wait = parts.connection.max_wait},
                      .forecast = {},
                      .view = view_of(parts.clock),
                      .reserve = parts.connection.reserve};
    if (parts.deadline)
        made.bounds.deadline = *parts.deadline - parts.clock.now();
    made.forecast = plan::forecast(parts.requests, made.standing, {}, made.bounds);
    return made;
}

std::string load_forecast_text(const LoadForecast& made, const plan::Planner& planner) {
    const plan::Forecast& forecast = made.forecast;
    std::string text = forecast_text(forecast, made.standing, made.view);
    const bool any_limit = std::ranges::any_of(
        made.standing.per_window, [](const auto& window) { return window.limit.has_value(); });
    if (made.reserve > 0 && any_limit)
        text += joined("(without the reserve of ", std::to_string(std::lround(made.reserve * 100)),
                       "%, which is left to other tools)\n");
    const std::uint64_t rows =
        forecast.stop ? plan::rows_covered(planner, forecast.stop->requests) : 0;
    return text + stop_text(forecast, made.bounds, rows, made.view);
}

report::QuotaForecast for_record(const LoadForecast& made) {
    return {made.forecast.requests, made.forecast.duration,
            made.view.after(made.forecast.duration)};
}

}  // namespace seqload::app
