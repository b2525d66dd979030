#pragma once

// How long Apollo took to answer: from a request's record on disk, just before it
// leaves, until what became of it was learned. Pure.

#include "seqload/state/sent_batch_cursor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace seqload::report {

class Latencies {
public:
    using Time = std::chrono::milliseconds;
    static constexpr std::size_t most_slowest = 8;
    static constexpr std::size_t most_bins = 14;

    struct Slow {
        Time took{0};
        state::SentBatch sent;
    };

    // Answers so long, and not longer than the bin before.
    struct Bin {
        Time up_to{0};
        std::uint64_t answers = 0;
    };

    // Batches whose answer is not on record are left out.
    void see(const state::SentBatch& sent);

    std::uint64_t count() const { return count_; }

    // Below this, or at it, lies that share (0 to 1) of the answers; 0 if there are none.
    Time at(double share) const;
    Time longest() const { return at(1); }

    // From the first bin that holds an answer to the last one: up to 10, 15, 20, 30, 50,
    // 70, 100 ms and so on, or 10, 20, 50 where these would be more than most_bins.
    std::vector<Bin> histogram() const;

    // The longest first.
    const std::vector<Slow>& slowest() const { return slowest_; }

private:
    std::vector<Bin> binned(std::span<const std::int64_t> edges) const;

    std::map<Time, std::uint64_t> by_time_;  // answers are timed to the millisecond: not many
    std::uint64_t count_ = 0;
    std::vector<Slow> slowest_;
};

}  // namespace seqload::report
