#pragma once

// A planned run on its way: loop, pool, gate and signals wired together.

#include "seqload/apollo/usage.hpp"
#include "seqload/app/api_access.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/plan/canary.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/report/counters.hpp"
#include "seqload/state/store.hpp"

#include <optional>

namespace seqload::app {

struct SendingParts {
    const LoadOptions& options;
    const ApiAccess& api;
    const Clock& clock;
    Random& random;
    PlannedInput& input;
    state::Store& store;
    const state::RunId& run;
    dispatch::Beginning beginning;  // of a run that is taken up again
    plan::Canary canary{};
    std::optional<SteadyTime> deadline{};  // nothing is sent from then on
    const apollo::Usage* usage = nullptr;  // as for the forecast that was shown
};

struct SendingEnd {
    dispatch::RunEnd run;
    report::Counters counters;  // of this process; its requests are counted in the state
    int signal = 0;             // the one that stopped it; 0: none
};

// How the quota and the wire stand at the end.
report::Counters counters_of(quota::Gate& gate, const net::Traffic& traffic, const Clock& clock);

// Sends every batch of the plan, or stops at the first SIGINT or SIGTERM once the
// requests in flight are settled; a second signal ends the process at once, with
// everything on disk that was told. Blocks. Error: what keeps it from starting.
Result<SendingEnd> send_all(const SendingParts& parts);

}  // namespace seqload::app
