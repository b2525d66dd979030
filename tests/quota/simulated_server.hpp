#pragma once

// Apollo's quota as facts.md tells it: three fixed windows, each opened by the
// first request after the last one ended. Times are the server's own.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace seqload::quota::test {

// One window of the server's, told apart from all others.
using WindowInstance = std::pair<Window, SteadyTime>;

struct ServerAnswer {
    bool refused = false;  // 429
    QuotaReading reading;
    std::optional<Duration> retry_after;
    std::optional<Window> window;
    std::optional<WindowInstance> refused_by;  // for the test's eyes only
};

class SimulatedServer {
public:
    struct Manners {
        bool headers = true;
        bool retry_after = true;
        bool names_window = true;
        bool rounds_up = false;       // retry-after, to whole seconds
        bool refusals_count = false;  // a 429 uses up its request, too
        bool refusals_open = false;   // a 429 opens the windows that have ended
    };

    SimulatedServer(QuotaLimits limits, Manners manners) : limits_(limits), manners_(manners) {}

    // Somebody else's requests.
    void use(SteadyTime now, std::uint32_t requests) {
        for (std::uint32_t i = 0; i < requests; ++i)
            arrive(now);
    }

    // The team's plan is changed.
    void set_limits(const QuotaLimits& limits) { limits_ = limits; }

    ServerAnswer arrive(SteadyTime now) {
        ServerAnswer answer;
        const auto full = full_window(now);
        answer.refused = full.has_value();
        if (!answer.refused || manners_.refusals_count || manners_.refusals_open)
            open(now);
        if (!answer.refused || manners_.refusals_count)
            count();
        if (answer.refused) {
            answer.refused_by = WindowInstance{*full, state(*full).opened};
            if (manners_.retry_after)
                answer.retry_after = until_reset(*full, now);
            if (manners_.names_window)
                answer.window = full;
        }
        if (manners_.headers)
            answer.reading = reading(now);
        return answer;
    }

    // When a request is accepted if it arrives then and nobody else's does before.
    SteadyTime has_room_at(SteadyTime now) const {
        SteadyTime when = now;
        for (const Window window : windows) {
            if (is_full(window, now))
                when = std::max(when, state(window).opened + length(window));
        }
        return when;
    }

    std::uint32_t used(Window window, SteadyTime now) const {
        return is_open(window, now) ? state(window).used : 0;
    }

private:
    struct State {
        SteadyTime opened = SteadyTime::min();
        std::uint32_t used = 0;
    };

    State& state(Window window) { return states_[static_cast<std::size_t>(window)]; }
    const State& state(Window window) const { return states_[static_cast<std::size_t>(window)]; }

    bool is_open(Window window, SteadyTime now) const {
        return state(window).opened > SteadyTime::min() &&
               now < state(window).opened + length(window);
    }

    bool is_full(Window window, SteadyTime now) const {
        return limits_[window] && is_open(window, now) && state(window).used >= *limits_[window];
    }

    void open(SteadyTime now) {
        for (const Window window : windows) {
            if (!is_open(window, now))
                state(window) = {now, 0};
        }
    }

    // The one that ends last.
    std::optional<Window> full_window(SteadyTime now) const {
        std::optional<Window> full;
        for (const Window window : windows) {
            if (is_full(window, now) && (!full || state(window).opened + length(window) >
                                                      state(*full).opened + length(*full)))
                full = window;
        }
        return full;
    }

    void count() {
        for (State& current : states_)
            ++current.used;
    }

    Duration until_reset(Window window, SteadyTime now) const {
        const Duration wait = state(window).opened + length(window) - now;
        return manners_.rounds_up ? Duration(std::chrono::ceil<std::chrono::seconds>(wait))
                                  : Duration(std::chrono::floor<std::chrono::seconds>(wait));
    }

    QuotaReading reading(SteadyTime now) const {
        QuotaReading reading;
        for (const Window window : windows) {
            if (!limits_[window]) {
                reading[window].unlimited = true;
                continue;
            }
            const std::uint32_t counted = std::min(*limits_[window], used(window, now));
            reading[window] = {.unlimited = false,
                               .limit = limits_[window],
                               .used = counted,
                               .left = *limits_[window] - counted};
        }
        return reading;
    }

    QuotaLimits limits_;
    Manners manners_;
    std::array<State, 3> states_;
};

}  // namespace seqload::quota::test
