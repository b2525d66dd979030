#pragma once

// Words for telling a gate what happened.

#include "seqload/quota/gate.hpp"

#include <optional>
#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace seqload::quota::test {

using namespace std::chrono_literals;

inline QuotaReading reading_of(Window window, std::uint32_t limit, std::uint32_t used) {
    QuotaReading reading;
    reading[window] = {
        .unlimited = false, .limit = limit, .used = used, .left = limit - std::min(limit, used)};
    return reading;
}

// A gate at a time that the test sets, counted from 0.
struct GateFixture {
    explicit GateFixture(QuotaLimits limits) : gate(limits) {}

    void at(Duration since_start) { now = SteadyTime(since_start); }

    bool may_send() { return std::holds_alternative<Permit>(gate.ask(now)); }

    Ticket send() {
        auto answer = gate.ask(now);
        REQUIRE(std::holds_alternative<Permit>(answer));
        return gate.sent(std::get<Permit>(std::move(answer)), now);
    }

    // Sends and is answered 100 ms later, without headers unless they are given.
    void exchange(const QuotaReading& reading = {}) {
        const Ticket ticket = send();
        now += 100ms;
        gate.answered(ticket, now, reading);
    }

    WaitUntil wait() {
        auto answer = gate.ask(now);
        REQUIRE(std::holds_alternative<WaitUntil>(answer));
        return std::get<WaitUntil>(answer);
    }

    std::optional<std::uint32_t> left(Window window) { return gate.snapshot(now)[window].left; }

    Gate gate;
    SteadyTime now{};
};

}  // namespace seqload::quota::test
