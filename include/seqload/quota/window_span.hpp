#pragma once

// When the current window opened, and so ends. From here neither moment can be
// seen, only bounded:
//
//        sent   (arrives)   answered
//         |--------*-----------|            the first request of the window
//         ^ opened no earlier  ^ opened no later
//
// Of several first requests under way at once, the one answered first gives the
// upper bound: that is why they all go at once and not one ahead (tried: one ahead
// ends later, by a tenth of a round trip for each window where latencies vary).
//
// Part of the WindowModel.

#include "seqload/base/clock.hpp"

#include <optional>

namespace seqload::quota {

class WindowSpan {
public:
    explicit WindowSpan(Duration length) : length_(length) {}

    Duration length() const { return length_; }

    // A request leaves, ours or that of a process in our log.
    void sent(SteadyTime now);
    // One that counted in this window was answered then.
    void seen_open(SteadyTime answered);
    // What opened it left no earlier.
    void not_opened_before(SteadyTime sent);
    // Somebody else may have opened it.
    void perhaps_opened_by_others() { ours_ = false; }

    // The next window: what is sent from certain_from on is in no older one; it opened
    // after that other time (nullopt: perhaps long ago). ours: nobody can have opened
    // it before the next request leaves.
    void next(SteadyTime certain_from, std::optional<SteadyTime> opened_after, bool ours);

    // What was sent then is in this window or a later one.
    bool surely_not_older(SteadyTime sent) const { return sent >= certain_from_; }

    bool is_open() const { return opened_no_later_.has_value(); }
    std::optional<SteadyTime> opened_no_later() const { return opened_no_later_; }
    std::optional<SteadyTime> earliest_end() const;  // nullopt: perhaps long ago
    std::optional<SteadyTime> latest_end() const;    // nullopt: not open yet, for all we know

private:
    Duration length_;
    SteadyTime certain_from_ = SteadyTime::min();
    std::optional<SteadyTime> opened_after_;
    std::optional<SteadyTime> first_sent_;
    bool ours_ = true;
    std::optional<SteadyTime> opened_no_later_;
};

}  // namespace seqload::quota
