#include "seqload/report/timeline.hpp"

#include "report/sent_batches.hpp"

#include <chrono>
#include <cstdint>

#include <doctest/doctest.h>

using namespace seqload;
using namespace std::chrono_literals;
using report::Timeline;
using report::TimelineBucket;
using test::sent_at;

namespace {

TimelineBucket sum_of(const Timeline& timeline) {
    TimelineBucket sum;
    for (const TimelineBucket& bucket : timeline.buckets()) {
        sum.understood += bucket.understood;
        sum.refused += bucket.refused;
        sum.unanswered += bucket.unanswered;
        sum.idle += bucket.idle;
    }
    return sum;
}

}  // namespace

TEST_CASE("requests are counted where they left, each as what became of it") {
    Timeline timeline;
    timeline.see(sent_at(0));
    timeline.see(sent_at(50, 10, 422));
    timeline.see(sent_at(120, 30, std::nullopt));
    CHECK(timeline.width() == 100ms);
    REQUIRE(timeline.buckets().size() == 2);
    CHECK(timeline.buckets()[0] == TimelineBucket{.understood = 1, .refused = 1});
    CHECK(timeline.buckets()[1] == TimelineBucket{.unanswered = 1});
    CHECK(timeline.begin() == test::at_ms(0));
    CHECK(timeline.end() == test::at_ms(150));
    CHECK(timeline.idle() == 0ms);
}

TEST_CASE(
    "waiting is the time in which no request was under way, pauses of less than a second not") {
    Timeline timeline;
    timeline.see(sent_at(0, 500));
    timeline.see(sent_at(100, 100));    // while the first is under way
    timeline.see(sent_at(1'499, 101));  // 999 ms after it
    timeline.see(sent_at(4'600, 100));  // 3 s later
    CHECK(timeline.idle() == 3s);
    CHECK(sum_of(timeline).idle == 3s);
    CHECK(timeline.buckets()[20].idle == timeline.width());
}

TEST_CASE(
    "however long a run takes, there are no more buckets than can be drawn, and none is lost") {
    Timeline timeline;
    std::uint64_t sent = 0;
    for (std::int64_t day = 0; day < 40; ++day) {
        for (std::int64_t request = 0; request < 50; ++request, ++sent)
            timeline.see(sent_at((day * 24 * 3'600 + request) * 1'000, 200));
        CHECK(timeline.buckets().size() <= Timeline::most_buckets);
    }
    CHECK(sum_of(timeline).understood == sent);
    CHECK(sum_of(timeline).idle == timeline.idle());
    CHECK(timeline.idle() > 24h * 38);
}

TEST_CASE("a clock that was set wrong loses no request either") {
    Timeline timeline;
    timeline.see(sent_at(0));
    timeline.see(sent_at(-5'000));
    timeline.see(sent_at(std::int64_t{500} * 365 * 24 * 3'600 * 1'000));
    CHECK(timeline.buckets().size() <= Timeline::most_buckets);
    CHECK(sum_of(timeline).understood == 3);
}
