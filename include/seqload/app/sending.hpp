#pragma once

// A planned run on its way: loop, pool, gate and signals wired together.

#include "seqload/apollo/credentials.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/net/client.hpp"
#include "seqload/report/counters.hpp"
#include "seqload/state/store.hpp"

namespace seqload::app {

struct SendingParts {
    const LoadOptions& options;
    const net::ClientOptions& client;
    const apollo::Credentials& credentials;
    const Clock& clock;
    Random& random;
    PlannedInput& input;
    state::Store& store;
    const state::RunId& run;
};

struct SendingEnd {
    dispatch::RunEnd run;
    report::Counters counters;
    int signal = 0;  // the one that stopped it; 0: none
};

// Sends every batch of the plan, or stops at the first SIGINT or SIGTERM once the
// requests in flight are settled; a second signal ends the process at once, with
// everything on disk that was told. Blocks. Error: what keeps it from starting.
Result<SendingEnd> send_all(const SendingParts& parts);

}  // namespace seqload::app
