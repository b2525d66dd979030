#include "seqload/quota/window_span.hpp"

#include <chrono>
#include <optional>

#include <doctest/doctest.h>

using namespace seqload;
using quota::WindowSpan;
using namespace std::chrono_literals;

namespace {

SteadyTime at(Duration since_start) {
    return SteadyTime(since_start);
}

}  // namespace

TEST_CASE("a window that nobody has used is not open, and has no end") {
    const WindowSpan span(1h);
    CHECK_FALSE(span.is_open());
    CHECK_FALSE(span.earliest_end());
    CHECK_FALSE(span.latest_end());
}

TEST_CASE("a window opens between the first request and the first answer") {
    WindowSpan span(1h);
    span.sent(at(10s));
    CHECK_FALSE(span.is_open());
    span.sent(at(11s));
    span.seen_open(at(12s));
    CHECK(span.earliest_end() == at(1h + 10s));
    CHECK(span.latest_end() == at(1h + 12s));
}

TEST_CASE("of several answers the first bounds the end, in whatever order they are told") {
    WindowSpan span(1min);
    span.sent(at(0s));
    span.seen_open(at(5s));
    span.seen_open(at(3s));
    span.seen_open(at(9s));
    CHECK(span.opened_no_later() == at(3s));
}

TEST_CASE("a request of which one hears late may have left before our first one") {
    WindowSpan span(1min);
    span.sent(at(5s));
    span.sent(at(2s));
    CHECK(span.earliest_end() == at(1min + 2s));
}

TEST_CASE("others may have opened a window long before our first request") {
    WindowSpan span(1h);
    span.perhaps_opened_by_others();
    span.sent(at(10s));
    span.seen_open(at(11s));
    CHECK_FALSE(span.earliest_end());
    CHECK(span.latest_end() == at(1h + 11s));
}

TEST_CASE("what others have opened did not open before a time that is known, the latest one") {
    WindowSpan span(1h);
    span.perhaps_opened_by_others();
    span.not_opened_before(at(5s));
    span.not_opened_before(at(3s));
    CHECK(span.earliest_end() == at(1h + 5s));
}

TEST_CASE("the next window of ours opens with the next request") {
    WindowSpan span(1min);
    span.sent(at(0s));
    span.seen_open(at(1s));
    span.next(at(61s), at(60s), true);
    CHECK_FALSE(span.is_open());
    CHECK(span.earliest_end() == at(120s));  // it could open as soon as the last one had ended
    span.sent(at(90s));
    CHECK(span.earliest_end() == at(150s));
}

TEST_CASE("a next window that somebody else may have opened is bounded by the last one's end") {
    WindowSpan span(1min);
    span.next(at(61s), at(60s), false);
    span.sent(at(90s));
    CHECK(span.earliest_end() == at(120s));

    span.next(at(200s), std::nullopt, false);
    span.sent(at(200s));
    CHECK_FALSE(span.earliest_end());
}

TEST_CASE("only what left once the last window had surely ended is surely in the next") {
    WindowSpan span(1min);
    CHECK(span.surely_not_older(SteadyTime::min()));
    span.next(at(61s), at(60s), true);
    CHECK_FALSE(span.surely_not_older(at(60s)));
    CHECK(span.surely_not_older(at(61s)));
}
