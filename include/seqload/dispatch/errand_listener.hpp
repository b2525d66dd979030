#pragma once

// Who wants to hear how errands go. Told only what is durable already, on the
// loop; must not block.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/errand_book.hpp"
#include "seqload/dispatch/try_result.hpp"
#include "seqload/model/quota_limits.hpp"

#include <cstdint>

namespace seqload::dispatch {

class ErrandListener {
public:
    virtual ~ErrandListener() = default;

    virtual void request_sent(const Errand& errand) = 0;
    // It has ended so, with an answer or without.
    virtual void request_ended(const Errand& errand, const TryResult& result) = 0;
    virtual void settled(std::uint64_t items) = 0;

    // The errand is tried again after that (virtual) time; what the try ended with says why.
    virtual void will_retry(const Errand& errand, const TryResult& result, Duration after) = 0;

    // Nothing is sent until then, unless other requests come back first.
    virtual void waiting_for_quota(Window window, Duration virtual_time_left) = 0;
};

}  // namespace seqload::dispatch
