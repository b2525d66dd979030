#include "seqload/quota/shutter.hpp"

#include <chrono>
#include <optional>

#include <doctest/doctest.h>

using namespace seqload;
using quota::Shutter;
using quota::WindowSpan;
using namespace std::chrono_literals;

namespace {

SteadyTime at(Duration since_start) {
    return SteadyTime(since_start);
}

// Of an hour; its first request left at 0 s and was answered then.
WindowSpan opened_with_us(Duration answered) {
    WindowSpan span(1h);
    span.sent(at(0s));
    span.seen_open(at(answered));
    return span;
}

}  // namespace

TEST_CASE("a window is open until it refuses") {
    const Shutter shutter;
    CHECK_FALSE(shutter.shut_until());
    CHECK_FALSE(shutter.is_told());
}

TEST_CASE("retry-after tells the end, to a second that may have been cut off") {
    Shutter shutter;
    shutter.refused(at(10s), at(12s), 30s, WindowSpan(1h));
    CHECK(shutter.is_told());
    CHECK(shutter.shut_until() == at(43s));
    CHECK(shutter.full_until() == at(39s));  // it may have been rounded up, too
}

TEST_CASE("within that second the model's own end is the better one") {
    Shutter shutter;
    const WindowSpan span = opened_with_us(400ms);
    shutter.refused(at(10s), at(12s), 1h - 12s, span);
    CHECK(shutter.shut_until() == at(1h + 400ms));
}

TEST_CASE("a retry-after beyond a day is held for a day, a negative one for none") {
    Shutter shutter;
    shutter.refused(at(0s), at(0s), 24h * 365, WindowSpan(24h));
    CHECK(shutter.shut_until() == at(24h + 1s));

    Shutter other;
    other.refused(at(0s), at(0s), -5s, WindowSpan(1h));
    CHECK(other.shut_until() == at(1s));
}

TEST_CASE("of two refusals that tell the same end the nearer one holds, whichever comes first") {
    Shutter shutter;
    shutter.refused(at(10s), at(12s), 30s, WindowSpan(1h));
    shutter.refused(at(9s), at(20s), 31s, WindowSpan(1h));  // a long way back
    CHECK(shutter.shut_until() == at(43s));
    shutter.refused(at(10s), at(11s), 30s, WindowSpan(1h));
    CHECK(shutter.shut_until() == at(42s));
}

TEST_CASE("a refusal after the told end is that of another window, and the later one holds") {
    Shutter shutter;
    shutter.refused(at(0s), at(1s), 5s, WindowSpan(1min));
    shutter.refused(at(4s), at(8s), 57s, WindowSpan(1min));
    CHECK(shutter.shut_until() == at(8s + 57s + 1s));
}

TEST_CASE(
    "without retry-after a window is tried again when it has surely ended, if that is known") {
    Shutter shutter;
    shutter.refused(at(10min), at(10min), std::nullopt, opened_with_us(2s));
    CHECK_FALSE(shutter.is_told());
    CHECK(shutter.shut_until() == at(1h + 2s));
}

TEST_CASE("else it is tried every tenth of its length") {
    Shutter shutter;
    shutter.refused(at(0s), at(1s), std::nullopt, WindowSpan(1h));
    CHECK(shutter.shut_until() == at(6min + 1s));
}

TEST_CASE("what left before the window should have ended is no sounding") {
    Shutter shutter;
    shutter.refused(at(0s), at(1s), 10s, WindowSpan(1h));
    CHECK_FALSE(shutter.passed(at(11s)));
    CHECK(shutter.shut_until());
    CHECK(shutter.passed(at(12s)));
    CHECK_FALSE(shutter.shut_until());
}

TEST_CASE("who has been refused for longer than a window lasts is refused by another one") {
    Shutter shutter;
    CHECK(shutter.can_be_full(at(9h), 1h));
    shutter.refused(at(0s), at(1s), std::nullopt, WindowSpan(1h));
    shutter.refused(at(59min), at(59min), std::nullopt, WindowSpan(1h));
    CHECK(shutter.can_be_full(at(1h), 1h));
    CHECK_FALSE(shutter.can_be_full(at(1h + 1s), 1h));
}

TEST_CASE(
    "a request that passed begins that anew, one that left before the last refusal does not") {
    Shutter shutter;
    shutter.refused(at(0s), at(1s), std::nullopt, WindowSpan(1min));
    shutter.refused(at(10s), at(11s), std::nullopt, WindowSpan(1min));
    shutter.passed(at(5s));
    CHECK_FALSE(shutter.can_be_full(at(61s), 1min));
    shutter.passed(at(20s));
    CHECK(shutter.can_be_full(at(61s), 1min));
}
