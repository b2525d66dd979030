#pragma once

// Errands on their way: loop, pool, gate and signals wired together, for requests
// that may be repeated without harm.

#include "seqload/app/api_access.hpp"
#include "seqload/app/errand_log.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/sending.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/errand_book.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <string>

namespace seqload::app {

struct ErrandParts {
    const ConnectionOptions& connection;
    const ApiAccess& api;
    const Clock& clock;
    Random& random;
    state::Store& store;
    const state::RunId& run;
    dispatch::ErrandBook& book;
    std::uint64_t items = 0;  // how many there are to settle, for the log; 0: it counts none
    bool quiet = false;
    // The operation whose quota windows they share with other processes of the run's
    // host and team; empty: with nobody.
    std::string path{};
    ErrandLog::Words words{};
};

// Carries out every errand of the book, or stops at the first SIGINT or SIGTERM
// once the requests in flight are settled; a second signal ends the process at
// once. Blocks. Error: what keeps it from starting.
Result<SendingEnd> carry_out_errands(const ErrandParts& parts);

}  // namespace seqload::app
