#include "seqload/report/timeline.hpp"

#include <algorithm>
#include <array>

namespace seqload::report {

namespace {

using std::chrono::milliseconds;

// Lengths that people count in, each a multiple of the one before.
constexpr std::array<milliseconds, 17> steps{
    milliseconds(100),
    milliseconds(500),
    std::chrono::seconds(1),
    std::chrono::seconds(5),
    std::chrono::seconds(10),
    std::chrono::seconds(30),
    std::chrono::minutes(1),
    std::chrono::minutes(5),
    std::chrono::minutes(10),
    std::chrono::minutes(30),
    std::chrono::hours(1),
    std::chrono::hours(6),
    std::chrono::hours(12),
    std::chrono::hours(24),
    std::chrono::hours(24 * 7),
    std::chrono::hours(24 * 28),
    std::chrono::hours(24 * 28 * 13),
};

}  // namespace

milliseconds Timeline::width() const {
    return steps.at(step_);
}

void Timeline::see(const state::SentBatch& sent) {
    if (sent_ == 0) {
        begin_ = sent.sent_at;
        busy_until_ = sent.sent_at;
    }
    add_idle(busy_until_, sent.sent_at);
    busy_until_ = std::max({busy_until_, sent.sent_at, sent.changed_at});

    ++sent_;
    TimelineBucket& bucket = bucket_at(sent.sent_at);
    if (!sent.http_status)
        ++bucket.unanswered;
    else if (*sent.http_status >= 200 && *sent.http_status < 300)
        ++bucket.understood;
    else
        ++bucket.refused;
}

// What lies beyond the last step (a clock that was set wrong) goes into the last bucket.
TimelineBucket& Timeline::bucket_at(WallTime time) {
    const auto index = [&] {
        return static_cast<std::size_t>(std::max(milliseconds(0), time - begin_) / width());
    };
    while (index() >= most_buckets && step_ + 1 < steps.size())
        widen();
    const std::size_t at = std::min(index(), most_buckets - 1);
    if (buckets_.size() <= at)
        buckets_.resize(at + 1);
    return buckets_[at];
}

void Timeline::add_idle(WallTime from, WallTime to) {
    if (to - from < shortest_idle)
        return;
    idle_ += to - from;
    bucket_at(to);  // the steps are wide enough from here on
    while (from < to) {
        TimelineBucket& bucket = bucket_at(from);
        const auto number = (from - begin_) / width();
        const bool is_last = &bucket == &buckets_.back();
        const WallTime end = is_last ? to : std::min(to, begin_ + (number + 1) * width());
        bucket.idle += end - from;
        from = end;
    }
}

void Timeline::widen() {
    const auto together =
        static_cast<std::size_t>(steps.at(step_ + 1).count() / steps.at(step_).count());
    ++step_;
    std::vector<TimelineBucket> wider((buckets_.size() + together - 1) / together);
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        TimelineBucket& into = wider[i / together];
        into.understood += buckets_[i].understood;
        into.refused += buckets_[i].refused;
        into.unanswered += buckets_[i].unanswered;
        into.idle += buckets_[i].idle;
    }
    buckets_ = std::move(wider);
}

}  // namespace seqload::report
