#pragma once

// A batch on its way, with what its tries have left behind.

#include "seqload/base/clock.hpp"
#include "seqload/model/batch.hpp"

#include <cstdint>

namespace seqload::dispatch {

struct Job {
    std::int64_t number = 0;  // the batch's number within the run, from 1
    Batch batch;
    std::uint32_t attempts = 0;         // tries that counted, over all of the run
    std::uint32_t attempts_before = 0;  // of these, before the run was taken up again
    std::uint32_t failed_tries = 0;     // in a row, for the back-off
    bool in_doubt = false;              // an earlier try may have been carried out
    unsigned last_http_status = 0;      // 0: no answer yet
    bool recorded = false;              // the state knows this batch
    bool is_canary = false;             // nothing else goes out until it has passed
};

}  // namespace seqload::dispatch
