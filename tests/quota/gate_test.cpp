#include "seqload/quota/gate.hpp"

#include "quota/gate_fixture.hpp"

#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using namespace std::chrono_literals;
using test::GateFixture;
using test::reading_of;

namespace {

constexpr QuotaLimits two_a_minute{{2, std::nullopt, std::nullopt}};

}  // namespace

TEST_CASE("requests leave until the window is full, and then when it has surely ended") {
    GateFixture fixture(two_a_minute);
    fixture.exchange();  // answered at 100 ms: the window opened no later
    fixture.exchange();
    CHECK(fixture.wait() == WaitUntil{SteadyTime(60s + 100ms), Window::minute});
    fixture.at(60s + 99ms);
    CHECK_FALSE(fixture.may_send());
    fixture.at(60s + 100ms);
    CHECK(fixture.may_send());
    CHECK(fixture.left(Window::minute) == 2);
}

TEST_CASE("a request in flight counts as used") {
    GateFixture fixture(QuotaLimits{{3, std::nullopt, std::nullopt}});
    fixture.exchange();
    fixture.send();
    fixture.send();
    const WaitUntil wait = fixture.wait();
    CHECK(wait.window == Window::minute);
    CHECK(wait.when > fixture.now);
}

TEST_CASE("a request that never left did not count, one that was lost may have") {
    GateFixture fixture(two_a_minute);
    fixture.gate.never_sent(fixture.send());
    CHECK(fixture.left(Window::minute) == 2);
    fixture.at(1s);
    fixture.gate.lost(fixture.send(), fixture.now);
    CHECK(fixture.left(Window::minute) == 1);
    fixture.gate.lost(fixture.send(), fixture.now);
    CHECK(fixture.wait() == WaitUntil{SteadyTime(61s), Window::minute});
}

TEST_CASE("a request needs room in all three windows; the wait is for the one that ends last") {
    GateFixture fixture(QuotaLimits{{2, 3, 3}});
    fixture.exchange();
    fixture.exchange();
    CHECK(fixture.wait().window == Window::minute);
    fixture.at(61s);
    fixture.exchange();
    CHECK(fixture.wait() == WaitUntil{SteadyTime(24h + 100ms), Window::day});
}

TEST_CASE("unlimited windows never make anyone wait") {
    GateFixture fixture({});
    for (int i = 0; i < 10'000; ++i)
        fixture.exchange();
    CHECK(fixture.may_send());
    CHECK_FALSE(fixture.left(Window::day));
    CHECK(fixture.gate.snapshot(fixture.now)[Window::day].used == 10'000);
}

TEST_CASE("a limit of nothing is refused") {
    CHECK_THROWS_AS(Gate(QuotaLimits{{std::nullopt, 0, std::nullopt}}), std::invalid_argument);
}

TEST_CASE("headers correct the limits at once") {
    GateFixture fixture(basic_plan);
    fixture.exchange(reading_of(Window::minute, 50, 1));
    CHECK(fixture.left(Window::minute) == 49);

    QuotaReading unlimited;
    unlimited[Window::minute].unlimited = true;
    fixture.exchange(unlimited);
    CHECK_FALSE(fixture.left(Window::minute));
}

TEST_CASE("what others use shows in the headers, and is believed at once") {
    GateFixture fixture(basic_plan);
    fixture.exchange(reading_of(Window::hour, 400, 399));
    CHECK(fixture.left(Window::hour) == 1);
    fixture.exchange(reading_of(Window::hour, 400, 400));
    CHECK(fixture.left(Window::hour) == 0);
}

TEST_CASE("requests in flight come on top of what a header has counted") {
    GateFixture fixture(basic_plan);
    fixture.exchange();
    const Ticket first = fixture.send();
    fixture.send();
    fixture.send();
    fixture.at(100ms);
    fixture.gate.answered(first, fixture.now, reading_of(Window::minute, 200, 196));
    CHECK(fixture.left(Window::minute) == 2);
}

TEST_CASE("answers that overtake each other do not lower the count") {
    GateFixture fixture(basic_plan);
    fixture.exchange();
    const Ticket first = fixture.send();
    const Ticket second = fixture.send();
    fixture.at(200ms);
    fixture.gate.answered(second, fixture.now, reading_of(Window::minute, 200, 102));
    fixture.at(210ms);
    fixture.gate.answered(first, fixture.now, reading_of(Window::minute, 200, 101));
    CHECK(fixture.left(Window::minute) == 98);
}

TEST_CASE("a header that cannot know of a lost request does not count it away") {
    GateFixture fixture(basic_plan);
    fixture.exchange();
    const Ticket told = fixture.send();
    const Ticket gone = fixture.send();
    fixture.at(1s);
    fixture.gate.lost(gone, fixture.now);
    fixture.at(2s);
    fixture.gate.answered(told, fixture.now, reading_of(Window::minute, 200, 10));
    CHECK(fixture.left(Window::minute) == 189);
    fixture.exchange(
        reading_of(Window::minute, 200, 12));  // sent after the loss: this one does know
    CHECK(fixture.left(Window::minute) == 188);
}

TEST_CASE("a count that has fallen shows that a new window has opened") {
    GateFixture fixture(basic_plan);
    fixture.exchange(reading_of(Window::hour, 400, 390));  // others were at it before us
    fixture.at(10min);
    fixture.exchange(reading_of(Window::hour, 400, 1));
    CHECK(fixture.left(Window::hour) == 399);
    CHECK(fixture.gate.snapshot(fixture.now)[Window::hour].resets_at ==
          SteadyTime(10min + 100ms + 1h));
}

TEST_CASE("a window that is known to have opened with us cannot end early") {
    GateFixture fixture(basic_plan);
    fixture.exchange(reading_of(Window::hour, 400, 1));
    fixture.exchange(reading_of(Window::hour, 400, 2));
    fixture.at(10min);
    fixture.exchange(reading_of(Window::hour, 400, 1));  // a counter that lags
    CHECK(fixture.left(Window::hour) == 398);
}

TEST_CASE("what was in flight when a window ended may count in the next one") {
    GateFixture fixture(two_a_minute);
    fixture.exchange();
    fixture.at(59s);
    const Ticket late = fixture.send();
    fixture.at(61s);
    CHECK(fixture.left(Window::minute) == 1);
    fixture.gate.answered(late, fixture.now, reading_of(Window::minute, 2, 2));
    CHECK(fixture.left(Window::minute) == 1);  // the header may be the old window's
    fixture.exchange(reading_of(Window::minute, 2, 1));
    CHECK(fixture.left(Window::minute) == 1);  // this one is not, and knows of the late one
}

TEST_CASE("what was answered between a window's earliest and latest end counts in the next, too") {
    GateFixture fixture(two_a_minute);
    const Ticket slow = fixture.send();
    fixture.at(5s);
    fixture.gate.answered(slow, fixture.now, {});  // opened between 0 and 5 s
    fixture.at(62s);
    fixture.exchange();
    fixture.at(65s);
    CHECK(fixture.left(Window::minute) == 1);
}

TEST_CASE("a quiet night leaves all windows fresh") {
    GateFixture fixture(basic_plan);
    for (int i = 0; i < 200; ++i)
        fixture.exchange();
    fixture.at(48h);
    for (const Window window : windows)
        CHECK(fixture.left(window) == basic_plan[window]);
}
