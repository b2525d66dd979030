#pragma once

// How long a load will take, from the quota windows as they stand now, and whether its
// deadline or its patience ends it before.

#include "seqload/apollo/usage.hpp"
#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/plan/forecast.hpp"
#include "seqload/plan/planner.hpp"
#include "seqload/report/counters.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace seqload::app {

struct LoadForecast {
    plan::QuotaStanding standing;
    plan::Bounds bounds;
    plan::Forecast forecast;
    WallView view;
    double reserve = 0;  // share of each window that is left to others
};

struct LoadForecastParts {
    const state::Store& store;
    state::QuotaRoute route;
    const ConnectionOptions& connection;
    const Clock& clock;
    std::uint64_t requests = 0;
    std::optional<SteadyTime> deadline{};
    const apollo::Usage* usage = nullptr;  // as Apollo has just told it, if it has
};

// Error: local_fault, if the state cannot be read.
Result<LoadForecast> forecast_load(const LoadForecastParts& parts);

// To be read after the plan: whole lines. The planner knows which rows go first.
std::string load_forecast_text(const LoadForecast& forecast, const plan::Planner& planner);

// As the summary shows it later.
report::QuotaForecast for_record(const LoadForecast& forecast);

}  // namespace seqload::app
