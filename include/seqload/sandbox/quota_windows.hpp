#pragma once

// The quota of one route as the server keeps it: three fixed windows at once.
// Each opens with the first request that is counted after the last one ended,
// and empties as a whole when its length has passed (facts.md, "Quota").
// Written without a look at seqload's own quota room, which it is to judge.
//
// A plain object that is told the time.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace seqload::sandbox {

// Which window refused a request, and when it will be empty again.
struct Refusal {
    Window window = Window::minute;
    Duration wait{};  // greater than 0

    bool operator==(const Refusal&) const = default;
};

class QuotaWindows {
public:
    // refused_count: whether a request that is refused uses up room in the other windows and opens
    // them, as one that passes does.
    explicit QuotaWindows(const QuotaLimits& limits, bool refused_count = false)
        : limits_(limits), refused_count_(refused_count) {}

    // A request arrives: nullopt if every window has room for it (it is counted), else the window
    // that stays full the longest.
    std::optional<Refusal> take(SteadyTime now);

    // Requests counted in the window that is open at that time.
    std::uint32_t used(Window window, SteadyTime now) const;

    // nullopt: unlimited.
    std::optional<std::uint32_t> left(Window window, SteadyTime now) const;

    // When the window that is open at that time was opened; nullopt: none is.
    std::optional<SteadyTime> opened(Window window, SteadyTime now) const;

    const QuotaLimits& limits() const { return limits_; }

private:
    struct State {
        SteadyTime opened{};
        std::uint32_t used = 0;  // 0: no window is open
    };

    bool is_open(Window window, SteadyTime now) const;
    void count(SteadyTime now);

    QuotaLimits limits_;
    bool refused_count_;
    std::array<State, windows.size()> states_{};
};

}  // namespace seqload::sandbox
