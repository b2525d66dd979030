// What a gate hears of other processes: gate.hpp, "Several gates".

#include "quota/gate_fixture.hpp"
#include "seqload/quota/gate.hpp"

#include <optional>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using namespace std::chrono_literals;
using test::GateFixture;
using test::reading_of;

namespace {

constexpr Source neighbour = 7;
constexpr Source another = 8;

struct Hearing : GateFixture {
    Hearing() : GateFixture(QuotaLimits{{std::nullopt, 10, std::nullopt}}) { at(100h); }

    void heard(const Event& event, Source source = neighbour) { gate.heard(source, event, now); }

    std::uint32_t used() { return gate.snapshot(now)[Window::hour].used; }
};

}  // namespace

TEST_CASE("requests of others in the log count like ours, in flight and answered") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now - 3s});
    gate.heard(Sent{Ticket{2}, gate.now - 2s});
    gate.heard(Answered{Ticket{1}, gate.now - 1s, {}});
    const auto hour = gate.gate.snapshot(gate.now)[Window::hour];
    CHECK(hour.used == 2);
    CHECK(hour.resets_at == gate.now - 1s + 1h);
    gate.heard(Answered{Ticket{2}, gate.now, {}});
    CHECK(gate.used() == 2);
}

TEST_CASE("what others never sent did not count, and what they lost may have") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now});
    gate.heard(NeverSent{Ticket{1}, gate.now});
    CHECK(gate.used() == 0);
    gate.heard(Sent{Ticket{2}, gate.now});
    gate.heard(Lost{Ticket{2}, gate.now});
    CHECK(gate.used() == 1);
}

TEST_CASE("tickets of different processes are different, though their numbers are the same") {
    Hearing gate;
    const Ticket ours = gate.send();
    gate.heard(Sent{Ticket{1}, gate.now});
    gate.heard(Sent{Ticket{1}, gate.now}, another);
    CHECK(ours == Ticket{1});
    CHECK(gate.used() == 3);
    gate.heard(NeverSent{Ticket{1}, gate.now}, another);
    CHECK(gate.used() == 2);
    gate.gate.never_sent(ours);
    CHECK(gate.used() == 1);
    gate.heard(NeverSent{Ticket{1}, gate.now});
    CHECK(gate.used() == 0);
}

TEST_CASE("the end of a request that nobody has heard of is passed over") {
    Hearing gate;
    gate.heard(Answered{Ticket{1}, gate.now, reading_of(Window::hour, 10, 9)});
    gate.heard(RateLimited{Ticket{2}, gate.now, 30min, Window::hour, {}});
    CHECK(gate.used() == 0);
    CHECK(gate.may_send());
    CHECK_THROWS_AS(gate.gate.lost(Ticket{1}, gate.now), std::logic_error);
}

TEST_CASE("a refusal of others shuts the window for us") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now - 10s});
    gate.heard(RateLimited{Ticket{1}, gate.now - 9s, 30s, Window::hour, {}});
    CHECK(gate.wait() == WaitUntil{gate.now - 9s + 30s + 1s, Window::hour});
}

TEST_CASE("a request whose process died is held for lost after a while") {
    Hearing gate;
    const SteadyTime sent = gate.now;
    gate.heard(Sent{Ticket{1}, sent});
    gate.now = sent + longest_flight + 1h - 1ns;
    CHECK(gate.used() == 1);
    gate.heard(Answered{Ticket{1}, gate.now, reading_of(Window::hour, 10, 9)});  // too late
    CHECK(gate.used() == 1);
    gate.now = sent + longest_flight + 1h;
    CHECK(gate.used() == 0);
}

TEST_CASE("a request of our own is never given up for dead") {
    Hearing gate;
    const Ticket slow = gate.send();
    gate.now += longest_flight * 2;
    CHECK(gate.used() == 1);
    gate.gate.answered(slow, gate.now, {});
}

TEST_CASE("events of yesterday leave today's windows fresh") {
    Hearing gate;
    for (std::uint64_t i = 1; i <= 10; ++i) {
        gate.heard(Sent{Ticket{i}, gate.now - 25h});
        gate.heard(Answered{Ticket{i}, gate.now - 25h + 1s, {}});
    }
    CHECK(gate.used() == 0);
}

TEST_CASE("an answer to others is news enough for several of ours to go at once") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now - 2s});
    gate.heard(Answered{Ticket{1}, gate.now - 1s, reading_of(Window::hour, 10, 1)});
    const Ticket first = gate.send();
    const Ticket second = gate.send();
    CHECK(first != second);
    CHECK(gate.used() == 3);
}

TEST_CASE("what lies in the future is taken to be now: the wait is a length at most") {
    Hearing gate;
    for (std::uint64_t i = 1; i <= 10; ++i) {
        gate.heard(Sent{Ticket{i}, gate.now + 20h});
        gate.heard(Answered{Ticket{i}, gate.now + 20h, {}});
    }
    CHECK(gate.wait() == WaitUntil{gate.now + 1h, Window::hour});
}

TEST_CASE("what lies before an event that is known is taken to be no earlier") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now});
    gate.heard(Answered{Ticket{1}, gate.now, {}});
    gate.heard(Sent{Ticket{2}, gate.now - 3h});
    gate.heard(Answered{Ticket{2}, gate.now - 3h, {}});
    CHECK(gate.used() == 2);
}

TEST_CASE("headers that others read hold for us") {
    Hearing gate;
    gate.heard(Sent{Ticket{1}, gate.now - 1s});
    gate.heard(Answered{Ticket{1}, gate.now, reading_of(Window::hour, 20, 15)});
    const auto hour = gate.gate.snapshot(gate.now)[Window::hour];
    CHECK(hour.limit == 20);
    CHECK(hour.left == 5);
}
