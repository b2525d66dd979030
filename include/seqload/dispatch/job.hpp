#pragma once

// A batch on its way, with what its tries have left behind.

#include "seqload/base/clock.hpp"
#include "seqload/model/batch.hpp"

#include <cstdint>
#include <utility>

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

// A part of its rows, not tried yet under that number.
inline Job part_of(const Job& whole, std::int64_t number, Batch batch) {
    Job part = whole;
    part.number = number;
    part.batch = std::move(batch);
    part.attempts = 0;
    part.attempts_before = 0;
    part.failed_tries = 0;
    return part;
}

}  // namespace seqload::dispatch
