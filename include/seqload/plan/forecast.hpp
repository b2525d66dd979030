#pragma once

// How long the quota makes a number of requests take.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace seqload::plan {

// A window that is open when the requests begin.
struct OpenWindow {
    std::uint64_t left = 0;  // requests that it still has for us
    Duration ends_in{};      // from then on, at the latest; one that has ended counts for none

    bool operator==(const OpenWindow&) const = default;
};

struct WindowStanding {
    // Requests that each window has for us: what is reserved for others is not in here.
    std::optional<std::uint32_t> limit;  // nullopt: unlimited
    std::optional<OpenWindow> open{};    // nullopt: the first request opens one

    bool operator==(const WindowStanding&) const = default;
};

// How the windows stand when the requests begin.
struct QuotaStanding {
    std::array<WindowStanding, windows.size()> per_window;

    WindowStanding& operator[](Window window) {
        return per_window[static_cast<std::size_t>(window)];
    }
    const WindowStanding& operator[](Window window) const {
        return per_window[static_cast<std::size_t>(window)];
    }

    bool operator==(const QuotaStanding&) const = default;
};

// None of them open.
QuotaStanding fresh_windows(const QuotaLimits& limits);

// How fast requests leave where the quota does not hold them back.
struct Pace {
    Duration latency{};        // for which each keeps its connection busy
    unsigned connections = 4;  // at least one
};

// What the run does not put up with (spec.md, --deadline, --max-wait).
struct Bounds {
    std::optional<Duration> deadline{};      // from the beginning; nothing leaves from then on
    std::optional<Duration> longest_wait{};  // for the quota
};

struct Forecast {
    std::uint64_t requests = 0;
    // From the beginning to the last answer; no more than longest_forecast.
    Duration duration{};
    // The longest window that has to be waited for; nullopt: none has.
    std::optional<Window> bound_by;
    // How many windows of each length are opened on the way; the last one may not
    // be used up. Unlimited ones are counted, too.
    std::array<std::uint64_t, windows.size()> windows_opened{};
    // The duration if the window of each length were the only one that is limited. No
    // longer than duration where there is no latency; slow answers may let one window
    // open late, and end late, that another would have made wait for the right time.
    std::array<Duration, windows.size()> durations_alone{};

    // Where the bounds end it, although duration is without them.
    struct Stop {
        std::uint64_t requests = 0;    // that have left by then
        bool is_late = false;          // the deadline, and not a long wait
        std::optional<Window> window;  // that is full then; nullopt: none, it is just late
        Duration wait{};               // until that window ends

        bool operator==(const Stop&) const = default;
    };
    std::optional<Stop> stop;

    std::uint64_t opened(Window window) const {
        return windows_opened[static_cast<std::size_t>(window)];
    }
    Duration alone(Window window) const {
        return durations_alone[static_cast<std::size_t>(window)];
    }

    bool operator==(const Forecast&) const = default;
};

// Nobody waits longer, and durations end somewhere: 100 years of 365 days.
inline constexpr Duration longest_forecast = std::chrono::hours(24) * 365 * 100;

// Three fixed windows at once, from now on used by nobody else: each opens with the
// first request after the last one ended, ends when its length has passed, and a
// request needs room in all three (facts.md, "Quota"). Requests leave as early as
// that allows, on so many connections, each of which is busy for the latency.
// Without latency it is the time that the quota alone takes.
//
// The work grows with the number of windows, not with that of requests. A limit
// or a number of connections of 0, or a negative latency, is std::invalid_argument.
Forecast forecast(std::uint64_t requests, const QuotaStanding& standing, const Pace& pace = {},
                  const Bounds& bounds = {});

}  // namespace seqload::plan
