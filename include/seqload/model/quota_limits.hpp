#pragma once

// How many requests an endpoint allows in each of its three fixed windows
// (facts.md, "Quota").

#include "seqload/base/clock.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace seqload {

enum class Window : std::uint8_t { minute, hour, day };

inline constexpr std::array windows{Window::minute, Window::hour, Window::day};

// "minute", "hour", "day".
constexpr std::string_view name(Window window) {
    constexpr std::array<std::string_view, 3> names{"minute", "hour", "day"};
    return names[static_cast<std::size_t>(window)];
}

constexpr Duration length(Window window) {
    constexpr std::array<Duration, 3> lengths{std::chrono::minutes(1), std::chrono::hours(1),
                                              std::chrono::hours(24)};
    return lengths[static_cast<std::size_t>(window)];
}

// nullopt: unlimited.
struct QuotaLimits {
    std::array<std::optional<std::uint32_t>, 3> per_window;

    std::optional<std::uint32_t>& operator[](Window window) {
        return per_window[static_cast<std::size_t>(window)];
    }
    const std::optional<std::uint32_t>& operator[](Window window) const {
        return per_window[static_cast<std::size_t>(window)];
    }

    bool operator==(const QuotaLimits&) const = default;
};

// What is left of a limit when a share of it (0 to 1) is reserved for others: whole requests,
// rounded down, but at least 1 if the limit is.
std::uint32_t without_reserve(std::uint32_t limit, double reserve);

// The same for each window that has a limit.
QuotaLimits without_reserve(const QuotaLimits& limits, double reserve);

// The published limits for adding contacts (facts.md).
inline constexpr QuotaLimits free_plan{{50, 200, 600}};
inline constexpr QuotaLimits basic_plan{{200, 400, 2000}};
inline constexpr QuotaLimits organization_plan{{200, 600, 6000}};

}  // namespace seqload
