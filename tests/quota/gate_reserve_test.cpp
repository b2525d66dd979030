// A share of each window that is left to others: gate.hpp, "With a reserve".

#include "quota/gate_fixture.hpp"
#include "seqload/quota/gate.hpp"

#include <limits>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using namespace std::chrono_literals;
using test::GateFixture;
using test::reading_of;

TEST_CASE("a reserve that is no share is refused") {
    for (const double reserve : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(reserve);
        CHECK_THROWS_AS(Gate(basic_plan, reserve), std::invalid_argument);
    }
}

TEST_CASE("the reserve is not ours, and the snapshot says so") {
    GateFixture fixture(basic_plan, 0.25);
    fixture.exchange();
    const auto hour = fixture.gate.snapshot(fixture.now)[Window::hour];
    CHECK(hour.limit == 400);
    CHECK(hour.reserve == 100);
    CHECK(hour.used == 1);
    CHECK(hour.left == 299);
}

TEST_CASE("a window is full for us when only the reserve is left") {
    GateFixture fixture(QuotaLimits{{10, std::nullopt, std::nullopt}}, 0.2);
    for (int i = 0; i < 8; ++i)
        fixture.exchange();
    CHECK(fixture.wait() == WaitUntil{SteadyTime(60s + 100ms), Window::minute});
}

TEST_CASE("one request of each window is ours, whatever the reserve") {
    GateFixture fixture(QuotaLimits{{10, std::nullopt, std::nullopt}}, 1.0);
    fixture.exchange();
    CHECK(fixture.wait().when == SteadyTime(60s + 100ms));
    fixture.at(60s + 100ms);
    CHECK(fixture.may_send());
}

TEST_CASE("an unlimited window has no reserve") {
    GateFixture fixture(QuotaLimits{}, 0.5);
    for (int i = 0; i < 1000; ++i)
        fixture.exchange();
    CHECK(fixture.gate.snapshot(fixture.now)[Window::minute].reserve == 0);
    CHECK(fixture.may_send());
}

TEST_CASE("the reserve follows the limit that headers tell") {
    GateFixture fixture(basic_plan, 0.5);
    fixture.exchange(reading_of(Window::hour, 200, 1));
    CHECK(fixture.gate.snapshot(fixture.now)[Window::hour].reserve == 100);
}

TEST_CASE("a small reserve in a window of unknown end is not touched to learn it") {
    GateFixture fixture(QuotaLimits{{std::nullopt, 90, std::nullopt}}, 0.1);  // 9 requests
    fixture.exchange(reading_of(Window::hour, 90, 81));
    CHECK(fixture.wait() == WaitUntil{SteadyTime(1h + 100ms), Window::hour});
}

TEST_CASE("from a large one a request now and then looks whether the window has ended") {
    GateFixture fixture(QuotaLimits{{std::nullopt, 400, std::nullopt}}, 0.1);  // 4 looks
    fixture.exchange(reading_of(Window::hour, 400, 360));
    int looks = 0;
    std::uint32_t used = 360;
    while (fixture.now < SteadyTime(1h)) {
        const WaitUntil wait = fixture.wait();
        CHECK(wait.window == Window::hour);
        fixture.now = wait.when;
        if (fixture.now >= SteadyTime(1h))
            break;
        CHECK(wait.sounding);
        fixture.exchange(reading_of(Window::hour, 400, ++used));
        ++looks;
    }
    CHECK(looks == 4);
    CHECK(fixture.now == SteadyTime(1h + 100ms));
}

TEST_CASE("a look that finds the window ended lets all others follow") {
    GateFixture fixture(QuotaLimits{{std::nullopt, 400, std::nullopt}}, 0.1);
    fixture.exchange(reading_of(Window::hour, 400, 360));
    fixture.now = fixture.wait().when;
    const Ticket look = fixture.send();
    CHECK_FALSE(fixture.may_send());
    fixture.now += 100ms;
    fixture.gate.answered(look, fixture.now, reading_of(Window::hour, 400, 1));
    CHECK(fixture.left(Window::hour) == 359);
}
