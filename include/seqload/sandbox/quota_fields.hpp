#pragma once

// What an answer says about the quota (facts.md, "Quota").

#include "seqload/sandbox/answer.hpp"
#include "seqload/sandbox/quota_windows.hpp"
#include "seqload/sandbox/route.hpp"

#include <cstdint>

#include <nlohmann/json_fwd.hpp>

namespace seqload::sandbox {

// x-rate-limit-minute: 200, x-minute-usage: 1, x-minute-requests-left: 199, and likewise hourly and
// 24-hour. An unlimited window has an empty x-rate-limit field and no others.
void add_quota_fields(Answer& answer, const QuotaWindows& quota, SteadyTime now);

// Seconds to wait, rounded up, at least 1.
std::uint64_t retry_after_seconds(Duration wait);

// 429: the message names the window that refused, retry-after says when it ends.
Answer refusal_answer(Route route, const QuotaWindows& quota, const Refusal& refusal);

// {"day": {"limit", "consumed", "left_over"}, "hour": …, "minute": …} as in the usage statistics;
// null where a window is unlimited.
nlohmann::ordered_json usage_json(const QuotaWindows& quota, SteadyTime now);

}  // namespace seqload::sandbox
