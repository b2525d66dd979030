#pragma once

// What a run waits for before it sends the next request. Times are virtual, from now.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <variant>

namespace seqload::dispatch {

// A window is full until then, unless other requests come back first. sounding: nobody
// knows when it ends, and that is when the next request looks.
struct QuotaWait {
    Window window;
    Duration left;
    bool sounding = false;

    bool operator==(const QuotaWait&) const = default;
};

// Nothing gets through: that is when the next request looks whether this is over.
struct ProbeWait {
    Duration left;

    bool operator==(const ProbeWait&) const = default;
};

// All that is left has failed, and is tried again then.
struct RetryWait {
    Duration left;

    bool operator==(const RetryWait&) const = default;
};

using Wait = std::variant<QuotaWait, ProbeWait, RetryWait>;

}  // namespace seqload::dispatch
