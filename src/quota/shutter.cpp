#include "seqload/quota/shutter.hpp"

#include "seqload/model/quota_limits.hpp"

#include <algorithm>
#include <chrono>

namespace seqload::quota {

namespace {

// `retry-after` counts whole seconds, rounded either way.
constexpr Duration rounding = std::chrono::seconds(1);

// A window whose end nobody told is sounded this often in its length: the run
// loses at most a tenth of a window, and spends at most ten requests on it.
constexpr int soundings_per_window = 10;

SteadyTime told_end(SteadyTime now, Duration retry_after, const WindowSpan& span) {
    const SteadyTime told = now + retry_after;
    const auto modelled = span.latest_end();
    return modelled ? std::clamp(*modelled, told, told + rounding) : told + rounding;
}

// When to try a full window whose end nobody told: when it has surely ended,
// or earlier if that might be much too late.
SteadyTime next_sounding(SteadyTime now, const WindowSpan& span) {
    const Duration step = span.length() / soundings_per_window;
    const auto surely = span.latest_end();
    if (!surely)
        return now + step;
    const auto earliest = span.earliest_end();
    const bool known_well = earliest && *surely - *earliest <= step;
    return known_well ? *surely : std::min(*surely, now + step);
}

}  // namespace

void Shutter::refused(SteadyTime sent, SteadyTime now, std::optional<Duration> retry_after,
                      const WindowSpan& span) {
    if (!full_since_)
        full_since_ = sent;
    full_from_ = sent;
    told_no_earlier_.reset();
    SteadyTime until = next_sounding(now, span);
    if (retry_after) {
        const Duration wait = std::clamp(*retry_after, Duration(0), length(Window::day));
        until = told_end(now, wait, span);
        told_no_earlier_ = sent + wait - rounding;
    }
    until_ = until_ ? std::max(*until_, until) : until;
}

bool Shutter::passed(SteadyTime sent) {
    if (sent >= full_from_)
        full_since_.reset();
    if (!until_ || sent < *until_)
        return false;
    until_.reset();
    return true;
}

SteadyTime Shutter::full_until() const {
    return std::max(full_from_, told_no_earlier_.value_or(full_from_));
}

bool Shutter::can_be_full(SteadyTime now, Duration length) const {
    return !full_since_ || now <= *full_since_ + length;
}

}  // namespace seqload::quota
