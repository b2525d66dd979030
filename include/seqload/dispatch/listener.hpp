#pragma once

// Who wants to hear how a run goes: the status line, the log. Told only what is
// durable already, on the loop; must not block.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/job.hpp"
#include "seqload/dispatch/try_result.hpp"
#include "seqload/dispatch/wait.hpp"
#include "seqload/state/counts.hpp"

#include <cstdint>
#include <string_view>

namespace seqload::dispatch {

class Listener {
public:
    virtual ~Listener() = default;

    virtual void request_sent(const Job& job) = 0;
    // It has ended so, with an answer or without, after that (virtual) time.
    virtual void request_ended(const Job& job, const TryResult& result, Duration took) = 0;
    // So many of the batch's rows have each status. request_id: Apollo's name for the request that
    // settled them; empty: none did.
    virtual void rows_settled(const Job& job, const state::StatusCounts& rows,
                              std::string_view request_id) = 0;

    // The batch is tried again after that (virtual) time; what the try ended with says why.
    virtual void will_retry(const Job& job, const TryResult& result, Duration after) = 0;
    virtual void batch_halved(const Job& job, const TryResult& result) = 0;
    // The target of the job.
    virtual void target_refused(const Job& job, const TryResult& result) = 0;

    // Apollo knows not one of the contacts so far, and there were enough to tell.
    virtual void knows_nobody() = 0;

    // Nothing more is sent for the time being. Told by each worker that waits, and again
    // whenever one has looked in vain.
    virtual void waiting(const Wait& wait) = 0;
};

}  // namespace seqload::dispatch
