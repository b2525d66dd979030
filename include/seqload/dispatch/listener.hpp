#pragma once

// Who wants to hear how a run goes: the status line, the log. Told only what is
// durable already, on the loop; must not block.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/job.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/quota_limits.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace seqload::dispatch {

class Listener {
public:
    virtual ~Listener() = default;

    virtual void request_sent(const Job& job) = 0;
    virtual void rows_settled(std::span<const Outcome> outcomes) = 0;

    // The batch is tried again after that (virtual) time; trouble says why.
    virtual void will_retry(const Job& job, std::string_view trouble, Duration after) = 0;
    virtual void batch_halved(const Job& job, std::string_view trouble) = 0;
    virtual void target_refused(TargetIndex target, std::string_view reason,
                                std::string_view message) = 0;

    // Apollo knows not one of the contacts so far, and there were enough to tell.
    virtual void knows_nobody() = 0;

    // Nothing is sent until then, unless other requests come back first.
    virtual void waiting_for_quota(Window window, Duration virtual_time_left) = 0;
};

}  // namespace seqload::dispatch
