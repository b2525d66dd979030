#pragma once

// A plan for programs.

#include "seqload/app/planned_input.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/plan/canary.hpp"

#include <functional>
#include <string_view>

namespace seqload::app {

// One JSON object, indented, with a line feed at the end: input[], rows{},
// targets[], canary{} if there is one, requests (with those that it costs),
// duration_seconds, limits{}, forecast{}, all of it from windows that nobody has used.
// Handed to write piece by piece, for there may be as many targets as rows.
// Error: the first that write returns.
Result<> write_plan_json(const PlannedInput& input, const QuotaLimits& limits,
                         const plan::Canary& canary,
                         const std::function<Result<>(std::string_view)>& write);

}  // namespace seqload::app
