#pragma once

// A forecast for a person and for programs. Pure.

#include "seqload/base/clock.hpp"
#include "seqload/plan/forecast.hpp"

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace seqload::app {

// "about 2 h 1 min, until 19:40"; the end is by the clock on the wall.
std::string duration_text(Duration duration, const WallView& view);

// How many requests, how long, until when; and, where the quota makes them wait or has
// been used already, a line for each limited window: what is left of it now, until
// when, and when it would let the run end if it were the only one.
std::string forecast_text(const plan::Forecast& forecast, const plan::QuotaStanding& standing,
                          const WallView& view);

// One line if --deadline or --max-wait ends the run before it is done, else empty. rows:
// how many of the rows are settled by then.
std::string stop_text(const plan::Forecast& forecast, const plan::Bounds& bounds,
                      std::uint64_t rows, const WallView& view);

// The same as members: requests, duration_seconds, bound_by, windows{limit, left,
// ends_in_seconds, opened, alone_seconds}.
nlohmann::ordered_json forecast_json(const plan::Forecast& forecast,
                                     const plan::QuotaStanding& standing);

}  // namespace seqload::app
