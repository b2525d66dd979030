#include "seqload/base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace std::chrono_literals;

namespace {

Duration steady() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

// How long a clock went while a real time passed that is only known within bounds.
struct Passed {
    Duration virtual_time;
    Duration at_least;  // real
    Duration at_most;   // real
};

Passed watch(const Clock& clock, Duration real_time) {
    const Duration before = steady();
    const SteadyTime start = clock.now();
    const Duration started = steady();
    Duration ending{};
    do
        ending = steady();
    while (ending < started + real_time);
    const SteadyTime end = clock.now();
    return {end - start, ending - started, steady() - before};
}

}  // namespace

TEST_CASE("a clock without a scale goes as the system's does") {
    const auto passed = watch(SystemClock(), 2ms);
    CHECK(passed.virtual_time >= passed.at_least);
    CHECK(passed.virtual_time <= passed.at_most);
}

TEST_CASE("a scaled clock goes so many times as fast") {
    constexpr Duration rounding = 2us;
    const auto passed = watch(SystemClock(60), 2ms);
    CHECK(passed.virtual_time >= 60 * passed.at_least - rounding);
    CHECK(passed.virtual_time <= 60 * passed.at_most + rounding);
}

TEST_CASE("under a scale of 60 a minute of waiting is a second") {
    CHECK(SystemClock(60).real(1min) == 1s);
    CHECK(SystemClock(1).real(1min) == 1min);
    CHECK(SystemClock(0.5).real(1min) == 2min);
    CHECK(SystemClock(60).real(0s) == 0s);
}

TEST_CASE("under a scale of 60 a second is a minute of virtual time") {
    CHECK(SystemClock(60).in_virtual_time(1s) == 1min);
    CHECK(SystemClock(1).in_virtual_time(1s) == 1s);
    CHECK(SystemClock(0.5).in_virtual_time(-2s) == -1s);
}

TEST_CASE("a real timer never fires before its virtual time") {
    CHECK(rc::check([] {
        const auto scale = static_cast<double>(*rc::gen::inRange(1, 1'000'000)) / 100;
        const Duration wanted(*rc::gen::inRange<std::int64_t>(0, 86'400'000'000'000));
        const Duration real = SystemClock(scale).real(wanted);
        // To the accuracy of a double, a nanosecond in a day and a bit more.
        RC_ASSERT(static_cast<double>(real.count()) * scale >=
                  static_cast<double>(wanted.count()) * (1 - 1e-15));
    }));
}

TEST_CASE("the wall clock is never scaled") {
    const SystemClock clock(1000);
    const auto system = [] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
    const auto before = system();
    const auto wall = clock.wall();
    CHECK(wall >= before);
    CHECK(wall <= system());
}

TEST_CASE("a view of the clocks says what the wall will show when virtual time has passed") {
    const WallTime noon{12h};
    CHECK(WallView{noon, 60}.after(1min) == noon + 1s);
    CHECK(WallView{noon}.after(90min) == noon + 90min);
    CHECK(WallView{noon}.after(1ns) == noon + 1ms);
    CHECK(WallView{noon}.after(24h * 365 * 100) == noon + 24h * 365 * 100);
    const SystemClock clock(1000);
    const WallView view = view_of(clock);
    CHECK(view.now <= clock.wall());
    CHECK(view.scale == 1000);
}

TEST_CASE("a scale that stops time is refused") {
    CHECK_THROWS_AS(SystemClock{0}, std::invalid_argument);
    CHECK_THROWS_AS(SystemClock{-1}, std::invalid_argument);
    CHECK_THROWS_AS(SystemClock{std::numeric_limits<double>::quiet_NaN()}, std::invalid_argument);
}
