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
    explicit Server(const QuotaLimits& limits) : limits_(limits) {}

    // When a request that could leave at `now` may leave.
    Duration arrive(Duration now) {
        for (bool waited = true; waited;) {
            // All that are full now are waited for, also those that end in the meantime.
            Duration until = now;
            for (const Window window : windows) {
                auto& [opened, used] = state_[index(window)];
                if (opened && now >= *opened + length(window)) {
                    opened.reset();
                    used = 0;
                }
                if (opened && limits_[window] && used >= *limits_[window]) {
                    until = std::max(until, *opened + length(window));
                    bound_by_ = std::max(bound_by_, std::optional(window));
                }
            }
            waited = until > now;
            now = until;
        }
        for (const Window window : windows) {
            auto& [opened, used] = state_[index(window)];
            if (!opened) {
                opened = now;
                ++windows_opened_[index(window)];
            }
            ++used;
        }
        return now;
    }

    const std::optional<Window>& bound_by() const { return bound_by_; }
    const std::array<std::uint64_t, 3>& windows_opened() const { return windows_opened_; }

private:
    static std::size_t index(Window window) { return static_cast<std::size_t>(window); }

    struct State {
        std::optional<Duration> opened;
        std::uint64_t used = 0;
    };

    QuotaLimits limits_;
    std::array<State, 3> state_;
    std::optional<Window> bound_by_;
    std::array<std::uint64_t, 3> windows_opened_{};
};

Forecast simulated(std::uint64_t requests, const QuotaLimits& limits, Duration latency,
                   unsigned connections) {
    Server server(limits);
    std::vector<Duration> free_from(connections, Duration(0));
    Forecast result;
    result.requests = requests;
    Duration now(0);
    for (std::uint64_t i = 0; i < requests; ++i) {
        auto& free = *std::ranges::min_element(free_from);
        now = server.arrive(std::max(now, free));
        free = now + latency;
        result.duration = std::max(result.duration, free);
    }
    result.bound_by = server.bound_by();
    result.windows_opened = server.windows_opened();
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

}  // namespace

TEST_CASE("no requests take no time and open no window") {
    CHECK(forecast(0, basic_plan) == Forecast{});
}

TEST_CASE("what one minute allows is sent at once") {
    const auto sent = forecast(200, basic_plan);
    CHECK(sent.duration == 0s);
    CHECK(sent.bound_by == std::nullopt);
    CHECK(sent.opened(Window::day) == 1);
}

TEST_CASE("each window makes the first request wait that it has no room for") {
    CHECK(forecast(201, basic_plan).duration == 1min);
    CHECK(forecast(201, basic_plan).bound_by == Window::minute);
    CHECK(forecast(400, basic_plan).duration == 1min);
    CHECK(forecast(401, basic_plan).duration == 1h);
    CHECK(forecast(401, basic_plan).bound_by == Window::hour);
    CHECK(forecast(2000, basic_plan).duration == 4h + 1min);
    CHECK(forecast(2001, basic_plan).duration == 24h);
    CHECK(forecast(2001, basic_plan).bound_by == Window::day);
}

TEST_CASE("the windows needed are counted") {
    const auto sent = forecast(5000, basic_plan);
    // Two full days and a half: 5 hours of 2 minutes each day, then 3 hours.
    CHECK(sent.opened(Window::day) == 3);
    CHECK(sent.opened(Window::hour) == 13);
    CHECK(sent.opened(Window::minute) == 25);
    CHECK(sent.duration == 48h + 2h + 0min);
}

TEST_CASE("without limits only the latency counts") {
    CHECK(forecast(1'000'000, QuotaLimits{}).duration == 0s);
    CHECK(forecast(10, QuotaLimits{}, 300ms, 4).duration == 900ms);
    CHECK(forecast(10, QuotaLimits{}, 300ms, 4).bound_by == std::nullopt);
}

TEST_CASE("a slow answer is not waited for before the next window") {
    // 50 a minute on one connection of 1 s each: the hour's 200 take 199 s and the last answer.
    CHECK(forecast(200, free_plan, 1s, 1).duration == 229s + 1s);
    CHECK(forecast(201, free_plan, 1s, 1).duration == 1h + 1s);
}

TEST_CASE("it is what a simulation of every single request says") {
    CHECK(rc::check([] {
        const auto requests = *rc::gen::inRange<std::uint64_t>(0, 1500);
        const auto limits = any_limits();
        const Duration latency =
            *rc::gen::element(0ms, 1ms, 333ms, 1000ms, 7000ms, 59'999ms, 60'000ms, 200'000ms);
        const auto connections = *rc::gen::inRange(1U, 9U);
        const Forecast found = forecast(requests, limits, latency, connections);
        const Forecast expected = simulated(requests, limits, latency, connections);
        RC_ASSERT(found.duration.count() == expected.duration.count());
        RC_ASSERT(found.windows_opened == expected.windows_opened);
        RC_ASSERT(found == expected);
    }));
}

TEST_CASE("billions of requests and centuries of waiting have an end") {
    CHECK(forecast(10'000'000'000, QuotaLimits{{std::nullopt, std::nullopt, 6'000}}).duration ==
          longest_forecast);
    CHECK(forecast(~std::uint64_t{0}, QuotaLimits{}, longest_forecast, 1).duration ==
          longest_forecast);
    CHECK(forecast(~std::uint64_t{0}, QuotaLimits{}).duration == 0s);
}

TEST_CASE("what lets nothing through is refused") {
    CHECK_THROWS_AS(forecast(1, QuotaLimits{{200, 0, 2000}}), std::invalid_argument);
    CHECK_THROWS_AS(forecast(1, basic_plan, 0s, 0), std::invalid_argument);
    CHECK_THROWS_AS(forecast(1, basic_plan, -1s, 1), std::invalid_argument);
}
