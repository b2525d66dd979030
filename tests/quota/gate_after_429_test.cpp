// What a gate does after an answer 429: gate.hpp, window_model.hpp.

#include "quota/gate_fixture.hpp"
#include "seqload/quota/gate.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using namespace std::chrono_literals;
using test::GateFixture;
using test::reading_of;

namespace {

struct RefusedFixture : GateFixture {
    RefusedFixture() : GateFixture(basic_plan) {}

    // Sends, and is refused 100 ms later.
    void refused(std::optional<Duration> retry_after, std::optional<Window> window,
                 const QuotaReading& reading = {}) {
        const Ticket ticket = send();
        now += 100ms;
        gate.rate_limited(ticket, now, retry_after, window, reading);
    }
};

}  // namespace

TEST_CASE("retry-after shuts the window that the answer names, and a second for rounding") {
    RefusedFixture fixture;
    fixture.refused(30s, Window::hour);
    CHECK(fixture.wait() == WaitUntil{SteadyTime(30s + 100ms + 1s), Window::hour});
    fixture.at(31s + 100ms);
    CHECK(fixture.may_send());
}

TEST_CASE("a second for rounding is added, too, where nothing is known of the window") {
    GateFixture fixture(QuotaLimits{{10, std::nullopt, std::nullopt}});
    fixture.exchange();
    fixture.at(59s);
    const Ticket of_the_window_before = fixture.send();
    fixture.at(61s);
    fixture.gate.rate_limited(of_the_window_before, fixture.now, 20s, Window::minute, {});
    CHECK(fixture.wait() == WaitUntil{SteadyTime(61s + 20s + 1s), Window::minute});
}

TEST_CASE("retry-after alone shuts the smallest window that it fits in") {
    const std::vector<std::pair<Duration, Window>> cases{
        {0s, Window::minute}, {60s, Window::minute}, {61s, Window::hour},
        {1h, Window::hour},   {2h, Window::day},     {24h * 300, Window::day},
    };
    for (const auto& [retry_after, window] : cases) {
        CAPTURE(retry_after.count());
        RefusedFixture fixture;
        fixture.refused(retry_after, std::nullopt);
        CHECK(fixture.wait().window == window);
        CHECK(fixture.wait().when <= SteadyTime(24h + 1s + 100ms));
    }
}

TEST_CASE("headers that say nothing is left tell the window, of several the largest") {
    RefusedFixture fixture;
    QuotaReading reading = reading_of(Window::minute, 200, 200);
    reading[Window::hour] = reading_of(Window::hour, 400, 400)[Window::hour];
    fixture.refused(std::nullopt, std::nullopt, reading);
    CHECK(fixture.wait().window == Window::hour);
}

TEST_CASE("a limit that only the refusal tells is learnt from it") {
    RefusedFixture fixture;
    fixture.refused(10s, Window::hour, reading_of(Window::hour, 200, 200));
    CHECK(fixture.gate.snapshot(fixture.now)[Window::hour].limit == 200);
}

TEST_CASE("without retry-after the model's end holds where the window opened with us") {
    RefusedFixture fixture;
    fixture.exchange(reading_of(Window::hour, 400, 1));
    fixture.at(10min);
    fixture.refused(std::nullopt, Window::hour);
    CHECK(fixture.wait().when == SteadyTime(1h + 100ms));
}

TEST_CASE("a window of unknown end is sounded every tenth of its length, until it surely ended") {
    RefusedFixture fixture;
    fixture.exchange(reading_of(Window::hour, 400, 300));  // open before us
    const SteadyTime surely_ended = fixture.now + 1h;
    int soundings = 0;
    while (fixture.now < surely_ended) {
        fixture.refused(std::nullopt, Window::hour);
        const SteadyTime when = fixture.wait().when;
        CHECK(when <= std::max(surely_ended, fixture.now + 6min));
        fixture.now = when;
        ++soundings;
    }
    CHECK(soundings <= 11);
    CHECK(soundings >= 9);
}

TEST_CASE("after a 429 one request sounds the window before others follow") {
    RefusedFixture fixture;
    fixture.refused(30s, Window::minute);
    fixture.at(40s);
    const Ticket sounding = fixture.send();
    CHECK_FALSE(fixture.may_send());
    fixture.at(41s);
    SUBCASE("it passes: the window is new") {
        fixture.gate.answered(sounding, fixture.now, reading_of(Window::minute, 200, 1));
        CHECK(fixture.left(Window::minute) == 199);
        CHECK(fixture.gate.snapshot(fixture.now)[Window::minute].resets_at ==
              SteadyTime(41s + 60s));
    }
    SUBCASE("it is refused: the window is shut again") {
        fixture.gate.rate_limited(sounding, fixture.now, 5s, Window::minute, {});
        CHECK(fixture.wait().when == SteadyTime(47s));
    }
    SUBCASE("it is lost: the next one sounds") {
        fixture.gate.lost(sounding, fixture.now);
        fixture.send();
        CHECK_FALSE(fixture.may_send());
    }
    SUBCASE("it never left: the next one sounds") {
        fixture.gate.never_sent(sounding);
        CHECK(fixture.may_send());
    }
}

TEST_CASE("a sounding goes through even where the model believes the window full") {
    RefusedFixture fixture;
    fixture.exchange(reading_of(Window::hour, 400, 399));
    fixture.refused(20min, Window::hour, reading_of(Window::hour, 400, 400));
    fixture.at(20min + 2s);
    fixture.exchange(reading_of(Window::hour, 400, 1));
    CHECK(fixture.left(Window::hour) == 399);
}

TEST_CASE("without headers, too, a window that others had filled is new once a sounding passed") {
    RefusedFixture fixture;
    fixture.exchange(reading_of(Window::hour, 400, 399));
    fixture.refused(20min, Window::hour);
    fixture.at(20min + 2s);
    fixture.exchange();
    CHECK(fixture.left(Window::hour) == 399);
}

TEST_CASE("answers to what left before the refusal do not open the window again") {
    RefusedFixture fixture;
    fixture.exchange();
    const Ticket earlier = fixture.send();
    fixture.refused(30s, Window::minute);
    fixture.gate.answered(earlier, fixture.now, reading_of(Window::minute, 200, 200));
    CHECK(fixture.wait().when == SteadyTime(31s + 200ms));
}

TEST_CASE("the refusal may have counted in the other windows") {
    RefusedFixture fixture;
    fixture.refused(30s, Window::minute);
    CHECK(fixture.left(Window::hour) == 399);
    CHECK(fixture.left(Window::day) == 1999);
}
