#pragma once

// Apollo's quota as facts.md tells it: three fixed windows, each opened by the
// first request after the last one ended. Times are the server's own.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace seqload::quota::test {

struct ServerAnswer {
    bool refused = false;  // 429
    QuotaReading reading;
    std::optional<Duration> retry_after;
    std::optional<Window> window;
};

class SimulatedServer {
public:
    struct Manners {
        bool headers = true;
        bool retry_after = true;
        bool names_window = true;
        bool rounds_up = false;       // retry-after, to whole seconds
        bool refusals_count = false;  // a 429 uses up its request, too
    };

    SimulatedServer(QuotaLimits limits, Manners manners) : limits_(limits), manners_(manners) {}

    // Somebody else's requests.
    void use(SteadyTime now, std::uint32_t requests) {
        for (std::uint32_t i = 0; i < requests; ++i)
            arrive(now);
    }

    ServerAnswer arrive(SteadyTime now) {
        for (const Window window : windows)
            open(window, now);
        ServerAnswer answer;
        answer.window = full_window();
        answer.refused = answer.window.has_value();
        if (!answer.refused || manners_.refusals_count)
            count();
        if (answer.refused && manners_.retry_after)
            answer.retry_after = until_reset(*answer.window, now);
        if (!manners_.names_window)
            answer.window.reset();
        if (manners_.headers)
            answer.reading = reading();
        return answer;
    }

private:
    struct State {
        std::optional<SteadyTime> opened;
        std::uint32_t used = 0;
    };

    State& state(Window window) { return states_[static_cast<std::size_t>(window)]; }

    void open(Window window, SteadyTime now) {
        State& current = state(window);
        if (!current.opened || now >= *current.opened + length(window))
            current = {now, 0};
    }

    // The one that ends last.
    std::optional<Window> full_window() {
        std::optional<Window> full;
        for (const Window window : windows) {
            if (limits_[window] && state(window).used >= *limits_[window])
                full = window;
        }
        return full;
    }

    void count() {
        for (State& current : states_)
            ++current.used;
    }

    Duration until_reset(Window window, SteadyTime now) {
        const Duration wait = *state(window).opened + length(window) - now;
        return manners_.rounds_up ? Duration(std::chrono::ceil<std::chrono::seconds>(wait))
                                  : Duration(std::chrono::floor<std::chrono::seconds>(wait));
    }

    QuotaReading reading() {
        QuotaReading reading;
        for (const Window window : windows) {
            if (!limits_[window]) {
                reading[window].unlimited = true;
                continue;
            }
            const std::uint32_t used = std::min(*limits_[window], state(window).used);
            reading[window] = {.unlimited = false,
                               .limit = limits_[window],
                               .used = used,
                               .left = *limits_[window] - used};
        }
        return reading;
    }

    QuotaLimits limits_;
    Manners manners_;
    std::array<State, 3> states_;
};

}  // namespace seqload::quota::test
