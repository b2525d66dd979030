#pragma once

// Who wants to hear how errands go. Told only what is durable already, on the
// loop; must not block.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <cstdint>
#include <string_view>

namespace seqload::dispatch {

class ErrandListener {
public:
    virtual ~ErrandListener() = default;

    virtual void request_sent() = 0;
    virtual void settled(std::uint64_t items) = 0;

    // The errand is tried again after that (virtual) time; trouble says why.
    virtual void will_retry(std::string_view trouble, Duration after) = 0;

    // Nothing is sent until then, unless other requests come back first.
    virtual void waiting_for_quota(Window window, Duration virtual_time_left) = 0;
};

}  // namespace seqload::dispatch
