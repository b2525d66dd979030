#include "seqload/app/quota_standing.hpp"

#include "seqload/dispatch/quota_event_text.hpp"
#include "state/new_run.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime start{1000h};

plan::QuotaStanding standing_now(quota::Gate& gate, SteadyTime now) {
    return standing_of(gate.snapshot(now), now);
}

quota::Ticket send(quota::Gate& gate, SteadyTime now) {
    auto permit = gate.ask(now);
    return gate.sent(std::move(std::get<quota::Permit>(permit)), now);
}

apollo::RouteUsage hour_left(std::uint32_t left) {
    apollo::RouteUsage usage;
    usage[Window::hour] = {.limit = 400, .consumed = 400 - left, .left = left};
    return usage;
}

}  // namespace

TEST_CASE("windows of which nothing is known are fresh") {
    quota::Gate gate(basic_plan);
    CHECK(standing_now(gate, start) == plan::fresh_windows(basic_plan));
}

TEST_CASE("what was answered has used its windows, which end a length later at the latest") {
    quota::Gate gate(QuotaLimits{{std::nullopt, 400, std::nullopt}});
    gate.answered(send(gate, start), start + 1s, {});
    const auto standing = standing_now(gate, start + 20min);
    CHECK(standing[Window::hour].limit == 400U);
    CHECK(standing[Window::hour].open == plan::OpenWindow{399, 40min + 1s});
    CHECK_FALSE(standing[Window::day].limit);
    CHECK(standing_now(gate, start + 61min) ==
          plan::fresh_windows(QuotaLimits{{std::nullopt, 400, std::nullopt}}));
}

TEST_CASE("a window in which something has counted without an answer ends a length from now") {
    quota::Gate gate(QuotaLimits{{std::nullopt, 400, std::nullopt}});
    send(gate, start);
    CHECK(standing_now(gate, start + 20min)[Window::hour].open == plan::OpenWindow{399, 1h});
}

TEST_CASE("what is reserved is neither in the limit nor left") {
    quota::Gate gate(QuotaLimits{{std::nullopt, 400, std::nullopt}}, 0.25);
    gate.answered(send(gate, start), start, {});
    const auto standing = standing_now(gate, start);
    CHECK(standing[Window::hour].limit == 300U);
    CHECK(standing[Window::hour].open == plan::OpenWindow{299, 1h});
}

TEST_CASE("where Apollo counts more than is on record, others have used the window") {
    auto standing = plan::fresh_windows(basic_plan);
    allow_for(hour_left(100), 0.25, standing);
    CHECK(standing[Window::hour].open == plan::OpenWindow{0, 1h});
    standing[Window::hour].open = {50, 20min};
    allow_for(hour_left(30), 0, standing);
    CHECK(standing[Window::hour].open == plan::OpenWindow{30, 20min});
    CHECK_FALSE(standing[Window::day].open);
}

TEST_CASE("where Apollo counts no more than is on record, that stands") {
    auto standing = plan::fresh_windows(basic_plan);
    allow_for(hour_left(400), 0, standing);
    CHECK(standing == plan::fresh_windows(basic_plan));
    standing[Window::hour].open = {50, 20min};
    allow_for(hour_left(60), 0, standing);
    CHECK(standing[Window::hour].open == plan::OpenWindow{50, 20min});
    standing[Window::hour].limit.reset();
    standing[Window::hour].open.reset();
    allow_for(hour_left(0), 0, standing);
    CHECK_FALSE(standing[Window::hour].open);
}

TEST_CASE("what other processes have put on record has used the windows") {
    auto store = state::Store::open_in_memory();
    REQUIRE(store);
    const SystemClock clock;
    const auto route = adding_route("https://127.0.0.1", "t");
    ConnectionOptions connection;
    const auto before = remembered_standing(**store, route, connection, clock);
    REQUIRE(before);
    CHECK(*before == plan::fresh_windows(basic_plan));

    REQUIRE((*store)->begin_run(state::test::new_run("a-run")));
    auto log = (*store)->join_quota_log(route, clock.wall() - std::chrono::hours(1));
    REQUIRE(log);
    const WallTime then = clock.wall() - std::chrono::minutes(20);
    state::QuotaStep step;
    for (std::uint64_t number = 1; number <= 3; ++number) {
        const quota::Ticket ticket{number};
        step.events.push_back({dispatch::to_text(quota::Sent{ticket, start}), then});
        step.events.push_back({dispatch::to_text(quota::Answered{ticket, start, {}}), then});
    }
    REQUIRE((*store)->apply("a-run", {}, log->writer, step));

    const auto after = remembered_standing(**store, route, connection, clock);
    REQUIRE(after);
    CHECK_FALSE((*after)[Window::minute].open);
    REQUIRE((*after)[Window::hour].open);
    CHECK((*after)[Window::hour].open->left == 397);
    CHECK((*after)[Window::hour].open->ends_in <= 40min + 1s);
    CHECK((*after)[Window::hour].open->ends_in > 39min);
    // Another team's windows are its own.
    const auto others =
        remembered_standing(**store, adding_route("https://127.0.0.1", "u"), connection, clock);
    REQUIRE(others);
    CHECK(*others == plan::fresh_windows(basic_plan));
}
