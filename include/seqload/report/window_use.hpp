#pragma once

// How a run's own requests filled the windows of a quota. Pure.
//
// The windows are those that the run alone would have had: each opens with the first
// request after the last one ended (facts of the quota: quota/window_model.hpp). What
// other tools of the team sent, and tries whose times are not on record (timeline.hpp),
// is not in them, so Apollo may have counted more.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace seqload::report {

struct WindowSpan {
    WallTime from;
    WallTime to;
    std::uint64_t used = 0;  // of several windows that were drawn together: the fullest

    bool operator==(const WindowSpan&) const = default;
};

class WindowUse {
public:
    static constexpr std::size_t most_spans = 120;

    // limit: nullopt: unlimited. time_scale: how many virtual seconds pass in one.
    WindowUse(Window window, std::optional<std::uint32_t> limit, double time_scale = 1);

    // A request left; in the order in which they did.
    void see(WallTime sent);

    Window window() const { return window_; }
    std::optional<std::uint32_t> limit() const { return limit_; }

    const std::vector<WindowSpan>& spans() const { return spans_; }
    std::uint64_t windows() const { return windows_; }  // how many were opened
    std::uint64_t used_up() const { return used_up_; }  // how many of them to the limit
    std::uint64_t fullest() const { return fullest_; }

private:
    void open(WallTime at);
    void draw_together();

    Window window_;
    std::optional<std::uint32_t> limit_;
    std::chrono::milliseconds length_;
    std::size_t windows_per_span_ = 1;
    std::size_t in_last_span_ = 0;
    std::vector<WindowSpan> spans_;
    std::optional<WallTime> ends_;  // the window that is open
    std::uint64_t used_ = 0;        // in it
    std::uint64_t windows_ = 0;
    std::uint64_t used_up_ = 0;
    std::uint64_t fullest_ = 0;
};

}  // namespace seqload::report
