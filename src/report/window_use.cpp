#include "seqload/report/window_use.hpp"

#include <algorithm>
#include <chrono>

namespace seqload::report {

namespace {

using std::chrono::milliseconds;

milliseconds real_length(Window window, double time_scale) {
    const std::chrono::duration<double, std::milli> scaled(
        std::chrono::duration<double, std::milli>(length(window)).count() /
        std::max(time_scale, 1e-6));
    return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(scaled));
}

}  // namespace

WindowUse::WindowUse(Window window, std::optional<std::uint32_t> limit, double time_scale)
    : window_(window), limit_(limit), length_(real_length(window, time_scale)) {}

void WindowUse::see(WallTime sent) {
    if (!ends_ || sent >= *ends_)
        open(sent);
    ++used_;
    if (limit_ && used_ == *limit_)
        ++used_up_;
    fullest_ = std::max(fullest_, used_);
    spans_.back().used = std::max(spans_.back().used, used_);
}

void WindowUse::open(WallTime at) {
    ++windows_;
    used_ = 0;
    ends_ = at + length_;
    if (in_last_span_ < windows_per_span_ && !spans_.empty()) {
        spans_.back().to = *ends_;
        ++in_last_span_;
        return;
    }
    if (spans_.size() == most_spans)
        draw_together();
    spans_.push_back({at, *ends_, 0});
    in_last_span_ = 1;
}

void WindowUse::draw_together() {
    std::vector<WindowSpan> fewer;
    for (std::size_t i = 0; i + 1 < spans_.size(); i += 2)
        fewer.push_back(
            {spans_[i].from, spans_[i + 1].to, std::max(spans_[i].used, spans_[i + 1].used)});
    spans_ = std::move(fewer);
    windows_per_span_ *= 2;
}

}  // namespace seqload::report
