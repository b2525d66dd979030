#pragma once

// How long the quota makes a number of requests take.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace seqload::plan {

struct Forecast {
    std::uint64_t requests = 0;
    // From the first request to the last answer; no more than longest_forecast.
    Duration duration{};
    // The longest window that has to be waited for; nullopt: none has.
    std::optional<Window> bound_by;
    // How many windows of each length are opened on the way; the last one may not
    // be used up. Unlimited ones are counted, too.
    std::array<std::uint64_t, 3> windows_opened{};

    std::uint64_t opened(Window window) const {
        return windows_opened[static_cast<std::size_t>(window)];
    }

    bool operator==(const Forecast&) const = default;
};

// Nobody waits longer, and durations end somewhere: 100 years of 365 days.
inline constexpr Duration longest_forecast = std::chrono::hours(24) * 365 * 100;

// Three fixed windows at once, all of them fresh at the start and used by nobody
// else: each opens with the first request after the last one ended, ends when its
// length has passed, and a request needs room in all three (facts.md, "Quota").
// Requests leave as early as that allows, on so many connections, each of which is
// busy for the latency. Without latency it is the time that the quota alone takes.
//
// The work grows with the number of windows, not with that of requests. A limit
// or a number of connections of 0, or a negative latency, is std::invalid_argument.
Forecast forecast(std::uint64_t requests, const QuotaLimits& limits,
                  Duration latency_per_request = Duration(0), unsigned connections = 4);

}  // namespace seqload::plan
