#pragma once

// All that report.html shows of a run's requests, gathered in one pass over what the
// state has of them; none of them is kept but the slowest.

#include "seqload/base/error.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/report/latencies.hpp"
#include "seqload/report/timeline.hpp"
#include "seqload/report/window_use.hpp"
#include "seqload/state/sent_batch_cursor.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace seqload::report {

struct Traffic {
    Timeline timeline;
    std::vector<WindowUse> windows;  // the shortest first
    Latencies latencies;
};

// state::SentBatchCursor::next, or whatever else gives them in their order.
using NextSentBatch = std::function<Result<std::optional<state::SentBatch>>()>;

// limits: as they are known when the run ends. Error: next's.
Result<Traffic> read_traffic(const NextSentBatch& next, const QuotaLimits& limits,
                             double time_scale);

}  // namespace seqload::report
