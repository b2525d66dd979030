#include "seqload/plan/forecast.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace std::chrono_literals;

namespace {

// Three fixed windows as facts.md has them, asked by one request after the other.
class Server {
public:
    explicit Server(const QuotaStanding& standing) : standing_(standing) {
        for (const Window window : windows) {
            if (const auto& open = standing[window].open; open && open->ends_in > 0s)
                state_[index(window)] = {open->ends_in, open->left};
        }
    }

    // When a request that could leave at `now` may leave. wait: told of each wait.
    Duration arrive(Duration now, const auto& wait) {
        for (;;) {
            // All that are full now are waited for, also those that end in the meantime.
            Duration until = now;
            std::optional<Window> full;
            for (const Window window : windows) {
                auto& [end, left] = state_[index(window)];
                if (end && now >= *end)
                    end.reset();
                if (!end || !standing_[window].limit || left > 0)
                    continue;
                if (*end > until) {
                    until = *end;
                    full = window;
                }
                bound_by_ = std::max(bound_by_, std::optional(window));
            }
            wait(now, until, full);
            if (until == now)
                break;
            now = until;
        }
        for (const Window window : windows) {
            auto& [end, left] = state_[index(window)];
            if (!end) {
                end = now + length(window);
                left = standing_[window].limit.value_or(0);
                ++windows_opened_[index(window)];
            }
            if (left > 0)
                --left;
        }
        return now;
    }

    const std::optional<Window>& bound_by() const { return bound_by_; }
    const std::array<std::uint64_t, 3>& windows_opened() const { return windows_opened_; }

private:
    static std::size_t index(Window window) { return static_cast<std::size_t>(window); }

    struct State {
        std::optional<Duration> end;
        std::uint64_t left = 0;
    };

    QuotaStanding standing_;
    std::array<State, 3> state_;
    std::optional<Window> bound_by_;
    std::array<std::uint64_t, 3> windows_opened_{};
};

Forecast simulated(std::uint64_t requests, const QuotaStanding& standing, const Pace& pace = {},
                   const Bounds& bounds = {}) {
    Server server(standing);
    std::vector<Duration> free_from(pace.connections, Duration(0));
    Forecast result;
    result.requests = requests;
    Duration now(0);
    std::uint64_t sent = 0;
    const auto note_stop = [&](Duration since, Duration until, std::optional<Window> full) {
        const bool is_late = bounds.deadline && until >= *bounds.deadline;
        const bool is_long = bounds.longest_wait && until - since > *bounds.longest_wait;
        if (!result.stop && (is_late || is_long))
            result.stop = Forecast::Stop{sent, is_late, full, until - since};
    };
    for (; sent < requests; ++sent) {
        auto& free = *std::ranges::min_element(free_from);
        now = server.arrive(std::max(now, free), note_stop);
        free = now + pace.latency;
        result.duration = std::max(result.duration, free);
    }
    result.bound_by = server.bound_by();
    result.windows_opened = server.windows_opened();
    return result;
}

QuotaStanding only(Window window, const QuotaStanding& standing) {
    QuotaStanding alone;
    alone[window] = standing[window];
    return alone;
}

Forecast simulated_with_each_alone(std::uint64_t requests, const QuotaStanding& standing,
                                   const Pace& pace, const Bounds& bounds) {
    Forecast result = simulated(requests, standing, pace, bounds);
    for (const Window window : windows)
        result.durations_alone[static_cast<std::size_t>(window)] =
            simulated(requests, only(window, standing), pace).duration;
    return result;
}

std::optional<std::uint32_t> any_limit(std::uint32_t most) {
    if (*rc::gen::inRange(0, 6) == 0)
        return std::nullopt;
    return *rc::gen::inRange(1U, most + 1);
}

QuotaLimits any_limits() {
    QuotaLimits limits;
    limits[Window::minute] = any_limit(30);
    limits[Window::hour] = any_limit(120);
    limits[Window::day] = any_limit(400);
    return limits;
}

// Open or not, ended or not, used up or not.
QuotaStanding any_standing() {
    QuotaStanding standing = fresh_windows(any_limits());
    for (const Window window : windows) {
        if (*rc::gen::inRange(0, 3) == 0)
            continue;
        const std::uint64_t limit = standing[window].limit.value_or(100);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length(window));
        standing[window].open = {
            *rc::gen::element<std::uint64_t>(0, 0, 1, *rc::gen::inRange<std::uint64_t>(0, limit),
                                             limit),
            std::chrono::seconds(*rc::gen::inRange<std::int64_t>(-1, seconds.count() + 1))};
    }
    return standing;
}

Pace any_pace() {
    return {*rc::gen::element<Duration>(0ms, 0ms, 1ms, 333ms, 1000ms, 7000ms, 59'999ms, 60'000ms,
                                        200'000ms),
            *rc::gen::inRange(1U, 9U)};
}

std::optional<Duration> any_bound() {
    if (*rc::gen::arbitrary<bool>())
        return std::nullopt;
    return *rc::gen::element<Duration>(0s, 1s, 30s, 1min, 61s, 17min, 1h, 5h, 24h, 30h);
}

// So many cases that the rare ones are among them.
template <class Property>
bool holds_in_thousands(const Property& property) {
    constexpr int per_case = 20;
    return rc::check([&property] {
        for (int i = 0; i < per_case; ++i)
            property();
    });
}

Forecast from_fresh(std::uint64_t requests, const QuotaLimits& limits, Duration latency = 0s,
                    unsigned connections = 4) {
    return forecast(requests, fresh_windows(limits), {latency, connections});
}

// 200 a minute, 400 an hour, 2,000 a day; the hour has these left for so long.
QuotaStanding hour_open(std::uint64_t left, Duration ends_in) {
    QuotaStanding standing = fresh_windows(basic_plan);
    standing[Window::hour].open = {left, ends_in};
    return standing;
}

}  // namespace

TEST_CASE("no requests take no time and open no window") {
    CHECK(from_fresh(0, basic_plan) == Forecast{});
}

TEST_CASE("what one minute allows is sent at once") {
    const auto sent = from_fresh(200, basic_plan);
    CHECK(sent.duration == 0s);
    CHECK(sent.bound_by == std::nullopt);
    CHECK(sent.opened(Window::day) == 1);
}

TEST_CASE("each window makes the first request wait that it has no room for") {
    CHECK(from_fresh(201, basic_plan).duration == 1min);
    CHECK(from_fresh(201, basic_plan).bound_by == Window::minute);
    CHECK(from_fresh(400, basic_plan).duration == 1min);
    CHECK(from_fresh(401, basic_plan).duration == 1h);
    CHECK(from_fresh(401, basic_plan).bound_by == Window::hour);
    CHECK(from_fresh(2000, basic_plan).duration == 4h + 1min);
    CHECK(from_fresh(2001, basic_plan).duration == 24h);
    CHECK(from_fresh(2001, basic_plan).bound_by == Window::day);
}

TEST_CASE("the windows needed are counted") {
    const auto sent = from_fresh(5000, basic_plan);
    // Two full days and a half: 5 hours of 2 minutes each day, then 3 hours.
    CHECK(sent.opened(Window::day) == 3);
    CHECK(sent.opened(Window::hour) == 13);
    CHECK(sent.opened(Window::minute) == 25);
    CHECK(sent.duration == 48h + 2h + 0min);
}

TEST_CASE("without limits only the latency counts") {
    CHECK(from_fresh(1'000'000, QuotaLimits{}).duration == 0s);
    CHECK(from_fresh(10, QuotaLimits{}, 300ms, 4).duration == 900ms);
    CHECK(from_fresh(10, QuotaLimits{}, 300ms, 4).bound_by == std::nullopt);
}

TEST_CASE("a slow answer is not waited for before the next window") {
    // 50 a minute on one connection of 1 s each: the hour's 200 take 199 s and the last answer.
    CHECK(from_fresh(200, free_plan, 1s, 1).duration == 229s + 1s);
    CHECK(from_fresh(201, free_plan, 1s, 1).duration == 1h + 1s);
}

TEST_CASE("what an open window has left goes at once, and the rest waits for its end") {
    CHECK(forecast(5, hour_open(5, 20min)).duration == 0s);
    CHECK(forecast(6, hour_open(5, 20min)).duration == 20min);
    CHECK(forecast(6, hour_open(5, 20min)).bound_by == Window::hour);
    CHECK(forecast(1, hour_open(0, 20min)).duration == 20min);
    CHECK(forecast(406, hour_open(5, 20min)).duration == 1h + 20min);
    // One hour is open when they begin, and one more is opened.
    CHECK(forecast(6, hour_open(5, 20min)).opened(Window::hour) == 1);
}

TEST_CASE("a window that has ended is no window, and more is not left than fits") {
    CHECK(forecast(401, hour_open(0, 0s)) == from_fresh(401, basic_plan));
    CHECK(forecast(401, hour_open(0, -5s)) == from_fresh(401, basic_plan));
    CHECK(forecast(401, hour_open(1000, 20min)).duration == 20min);
}

TEST_CASE("each window tells when it would let the requests end if it were alone") {
    const auto found = forecast(1000, hour_open(0, 20min));
    CHECK(found.alone(Window::minute) == 4min);
    CHECK(found.alone(Window::hour) == 2h + 20min);
    CHECK(found.alone(Window::day) == 0s);
    CHECK(found.duration == 2h + 20min);
}

TEST_CASE("the deadline and the longest wait tell how many requests leave before them") {
    const auto late = forecast(1000, hour_open(100, 20min), {}, {.deadline = 1h});
    CHECK(late.duration == 2h + 20min);
    CHECK(late.stop == Forecast::Stop{500, true, Window::hour, 59min});
    const auto at_once = forecast(1000, hour_open(0, 20min), {}, {.deadline = 20min});
    CHECK(at_once.stop == Forecast::Stop{0, true, Window::hour, 20min});
    const auto patient = forecast(500, hour_open(100, 20min), {}, {.longest_wait = 20min});
    CHECK(patient.stop == std::nullopt);
    const auto impatient = forecast(1000, hour_open(100, 20min), {}, {.longest_wait = 20min});
    CHECK(impatient.stop == Forecast::Stop{500, false, Window::hour, 59min});
    const auto slow = forecast(100, {}, {.latency = 1s, .connections = 1}, {.deadline = 30s});
    CHECK(slow.stop == Forecast::Stop{30, true, std::nullopt, 0s});
}

TEST_CASE("it is what a simulation of every single request says") {
    CHECK(holds_in_thousands([] {
        const auto requests = *rc::gen::inRange<std::uint64_t>(0, 1500);
        const QuotaStanding standing = any_standing();
        const Pace pace = any_pace();
        const Bounds bounds{any_bound(), any_bound()};
        const Forecast found = forecast(requests, standing, pace, bounds);
        const Forecast expected = simulated_with_each_alone(requests, standing, pace, bounds);
        RC_ASSERT(found.duration.count() == expected.duration.count());
        RC_ASSERT(found.windows_opened == expected.windows_opened);
        RC_ASSERT(found.stop.has_value() == expected.stop.has_value());
        RC_ASSERT(found == expected);
    }));
}

TEST_CASE("the quota alone never lets it end earlier than any of its windows would") {
    CHECK(holds_in_thousands([] {
        const auto requests = *rc::gen::inRange<std::uint64_t>(0, 100'000);
        const Forecast found = forecast(requests, any_standing());
        for (const Window window : windows)
            RC_ASSERT(found.alone(window) <= found.duration);
    }));
}

TEST_CASE("more requests never end earlier") {
    CHECK(holds_in_thousands([] {
        const auto requests = *rc::gen::inRange<std::uint64_t>(0, 100'000);
        const auto more = *rc::gen::inRange<std::uint64_t>(0, 1000);
        const QuotaStanding standing = any_standing();
        const Pace pace = any_pace();
        const Forecast found = forecast(requests, standing, pace);
        const Forecast later = forecast(requests + more, standing, pace);
        RC_ASSERT(found.duration <= later.duration);
        for (const Window window : windows)
            RC_ASSERT(found.alone(window) <= later.alone(window));
    }));
}

TEST_CASE("billions of requests and centuries of waiting have an end") {
    CHECK(from_fresh(10'000'000'000, QuotaLimits{{std::nullopt, std::nullopt, 6'000}}).duration ==
          longest_forecast);
    CHECK(from_fresh(~std::uint64_t{0}, QuotaLimits{}, longest_forecast, 1).duration ==
          longest_forecast);
    CHECK(from_fresh(~std::uint64_t{0}, QuotaLimits{}).duration == 0s);
}

TEST_CASE("what lets nothing through is refused") {
    CHECK_THROWS_AS(from_fresh(1, QuotaLimits{{200, 0, 2000}}), std::invalid_argument);
    CHECK_THROWS_AS(from_fresh(1, basic_plan, 0s, 0), std::invalid_argument);
    CHECK_THROWS_AS(from_fresh(1, basic_plan, -1s, 1), std::invalid_argument);
}
