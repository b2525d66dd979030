#pragma once

// After a 429: the window is shut until it should have ended, and then one request
// goes alone, to sound it. If that one is refused, the window is shut again; if it
// passes, the window is open.
//
// Part of the WindowModel.

#include "seqload/base/clock.hpp"
#include "seqload/quota/window_span.hpp"

#include <optional>

namespace seqload::quota {

class Shutter {
public:
    // A request that left then was refused, and answered now. The span is that of
    // the window, which is full.
    void refused(SteadyTime sent, SteadyTime now, std::optional<Duration> retry_after,
                 const WindowSpan& span);
    // One that left then was not. Whether it was the sounding, so that all may follow.
    bool passed(SteadyTime sent);

    // nullopt: open. From that time on one request at a time.
    std::optional<SteadyTime> shut_until() const { return until_; }
    // Whether retry-after told the time.
    bool is_told() const { return told_no_earlier_.has_value(); }

    // When the window that refused last can have ended at the earliest.
    SteadyTime full_until() const;

    // False once everything was refused for longer than a window of this length can
    // have lasted: then another one must be meant.
    bool can_be_full(SteadyTime now, Duration length) const;

private:
    std::optional<SteadyTime> until_;
    std::optional<SteadyTime> told_no_earlier_;
    SteadyTime full_from_{};                // when the last refused request left
    std::optional<SteadyTime> full_since_;  // when the first one of an unbroken series did
};

}  // namespace seqload::quota
