#include "seqload/quota/gate.hpp"

#include <algorithm>
#include <stdexcept>

namespace seqload::quota {

Gate::Gate(QuotaLimits limits)
    : windows_{WindowModel(Window::minute, limits[Window::minute]),
               WindowModel(Window::hour, limits[Window::hour]),
               WindowModel(Window::day, limits[Window::day])} {}

std::uint32_t Gate::pending() const {
    return *permits_ + static_cast<std::uint32_t>(in_flight_.size());
}

void Gate::advance(SteadyTime now) {
    for (WindowModel& window : windows_)
        window.advance(now, pending());
}

std::variant<Permit, WaitUntil> Gate::ask(SteadyTime now) {
    advance(now);
    std::optional<WaitUntil> wait;
    for (const WindowModel& window : windows_) {
        const auto until = window.blocked_until(now, pending());
        if (until && (!wait || *until >= wait->when))
            wait = WaitUntil{*until, window.window()};
    }
    if (wait)
        return *wait;
    return Permit(permits_);
}

Ticket Gate::sent(Permit permit, SteadyTime now) {
    if (permit.outstanding_ != permits_)
        throw std::logic_error("a request was sent without a permit of this quota gate");
    advance(now);
    permit.give_back();
    for (WindowModel& window : windows_)
        window.request_sent(now);
    in_flight_.push_back({Ticket{++last_ticket_}, now});
    return in_flight_.back().ticket;
}

SteadyTime Gate::take(Ticket ticket) {
    const auto place = std::ranges::find(in_flight_, ticket, &InFlight::ticket);
    if (place == in_flight_.end())
        throw std::logic_error("a request that is not in flight ended at the quota gate");
    const SteadyTime sent = place->sent;
    in_flight_.erase(place);
    return sent;
}

void Gate::answered(Ticket ticket, SteadyTime now, const QuotaReading& reading) {
    advance(now);
    const SteadyTime sent = take(ticket);
    for (WindowModel& window : windows_)
        window.answered(sent, now, reading[window.window()]);
}

void Gate::lost(Ticket ticket, SteadyTime now) {
    advance(now);
    take(ticket);
    for (WindowModel& window : windows_)
        window.lost(now);
}

void Gate::never_sent(Ticket ticket) {
    take(ticket);
}

void Gate::rate_limited(Ticket ticket, SteadyTime now, std::optional<Duration> retry_after,
                        std::optional<Window> window, const QuotaReading& reading) {
    advance(now);
    const SteadyTime sent = take(ticket);
    const Window full = used_up(now, retry_after, window, reading);
    for (WindowModel& model : windows_) {
        if (model.window() == full) {
            model.used_up(sent, now, retry_after, reading[full]);
        } else {
            model.refused_elsewhere(sent, now, reading[model.window()]);
        }
    }
}

// The window that a 429 means: the one it names; else the largest of which the
// headers say that nothing is left; else the smallest that retry-after fits in;
// else the smallest that can be meant at all.
Window Gate::used_up(SteadyTime now, std::optional<Duration> retry_after,
                     std::optional<Window> named, const QuotaReading& reading) const {
    if (named)
        return *named;
    std::optional<Window> nothing_left;
    std::optional<Window> smallest;
    for (const WindowModel& model : windows_) {
        const Window window = model.window();
        if (reading[window].left == 0)
            nothing_left = window;
        const bool fits = retry_after ? *retry_after <= length(window) : model.can_be_full(now);
        if (!smallest && fits && model.limit())
            smallest = window;
    }
    return nothing_left ? *nothing_left : smallest.value_or(Window::day);
}

Gate::Snapshot Gate::snapshot(SteadyTime now) {
    advance(now);
    Snapshot snapshot;
    for (std::size_t i = 0; i < windows_.size(); ++i) {
        const WindowModel& window = windows_[i];
        WindowState& state = snapshot.per_window[i];
        state.limit = window.limit();
        state.used = window.used(pending());
        if (state.limit)
            state.left = *state.limit - std::min(*state.limit, state.used);
        state.resets_at = window.ends_at();
    }
    return snapshot;
}

}  // namespace seqload::quota
