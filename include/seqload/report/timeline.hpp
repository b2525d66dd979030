#pragma once

// A run's requests over time, in a few hundred buckets however long it took. Pure.
//
// It is made from what the state has of each batch: when its last try left, and when
// what became of it was learned. Earlier tries (retries, 429) are counted in the
// summary, but their times are not on record. Times are the wall clock's; under
// --time-scale they are shorter than the virtual ones.

#include "seqload/base/clock.hpp"
#include "seqload/state/sent_batch_cursor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace seqload::report {

struct TimelineBucket {
    std::uint64_t understood = 0;       // requests that left in it and were answered 2xx
    std::uint64_t refused = 0;          // answered otherwise
    std::uint64_t unanswered = 0;       // no answer is on record
    std::chrono::milliseconds idle{0};  // how long no request was under way

    std::uint64_t sent() const { return understood + refused + unanswered; }

    bool operator==(const TimelineBucket&) const = default;
};

class Timeline {
public:
    static constexpr std::size_t most_buckets = 240;
    // Shorter pauses are the program's own breath, not waiting.
    static constexpr std::chrono::milliseconds shortest_idle = std::chrono::seconds(1);

    // In the order in which they left.
    void see(const state::SentBatch& sent);

    // Each as long as width(), from begin() on, without gaps. Empty: nothing was sent.
    const std::vector<TimelineBucket>& buckets() const { return buckets_; }
    WallTime begin() const { return begin_; }
    std::chrono::milliseconds width() const;

    WallTime end() const { return busy_until_; }  // when the last of them was answered
    std::chrono::milliseconds idle() const { return idle_; }
    std::uint64_t sent() const { return sent_; }

private:
    TimelineBucket& bucket_at(WallTime time);
    void add_idle(WallTime from, WallTime to);
    void widen();

    WallTime begin_{};
    WallTime busy_until_{};
    std::size_t step_ = 0;
    std::vector<TimelineBucket> buckets_;
    std::chrono::milliseconds idle_{0};
    std::uint64_t sent_ = 0;
};

}  // namespace seqload::report
