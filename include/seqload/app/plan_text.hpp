#pragma once

// The plan for a person and for programs. Pure.

#include "seqload/app/planned_input.hpp"
#include "seqload/model/quota_limits.hpp"

#include <string>

namespace seqload::app {

// A table of targets, the rows that are not sent, requests and how long the
// quota makes them take. At most 20 targets are shown, those with the most rows.
std::string plan_text(const PlannedInput& input, const QuotaLimits& limits);

// One JSON object, indented, with a line feed at the end: input[], rows{},
// targets[], requests, duration_seconds, limits{}.
std::string plan_json(const PlannedInput& input, const QuotaLimits& limits);

}  // namespace seqload::app
