#include "seqload/quota/gate.hpp"

#include <algorithm>
#include <stdexcept>

namespace seqload::quota {

namespace {

// For so long an answer tells enough of the windows that several requests may go at once:
// an answer to somebody else before our first one, and any while others are about.
constexpr Duration news_from_log = std::chrono::minutes(1);
constexpr Duration news_beside_others = std::chrono::seconds(10);

// Nobody waits longer for the one that goes ahead alone.
constexpr Duration longest_lead = std::chrono::seconds(5);
constexpr Duration next_look = std::chrono::seconds(1);

}  // namespace

Gate::Gate(QuotaLimits limits, double reserve)
    : windows_{WindowModel(Window::minute, limits[Window::minute], reserve),
               WindowModel(Window::hour, limits[Window::hour], reserve),
               WindowModel(Window::day, limits[Window::day], reserve)} {}

std::uint32_t Gate::pending() const {
    return *permits_ + static_cast<std::uint32_t>(in_flight_.size());
}

void Gate::advance(SteadyTime now) {
    give_up_on_the_dead(now);
    move_on(now);
}

void Gate::move_on(SteadyTime now) {
    latest_ = std::max(latest_, now);
    const Moment moment{.now = latest_,
                        .permitted = *permits_,
                        .in_flight = static_cast<std::uint32_t>(in_flight_.size()),
                        .others_about = others_about_};
    for (WindowModel& window : windows_)
        window.advance(moment);
}

// Each at its own time, as if there had been nothing to do in between.
void Gate::give_up_on_the_dead(SteadyTime now) {
    const auto is_dead = [now](const InFlight& request) {
        return request.source && request.sent + longest_flight <= now;
    };
    for (;;) {
        const auto dead = std::ranges::find_if(in_flight_, is_dead);  // the one sent first
        if (dead == in_flight_.end())
            return;
        move_on(dead->sent + longest_flight);
        in_flight_.erase(dead);
        for (WindowModel& window : windows_)
            window.lost(latest_);
    }
}

std::variant<Permit, WaitUntil> Gate::ask(SteadyTime now) {
    advance(now);
    std::optional<WaitUntil> wait;
    for (const WindowModel& window : windows_) {
        const auto until = window.wait();
        if (until && (!wait || until->until >= wait->when))
            wait = WaitUntil{until->until, window.window(), until->sounding};
    }
    if (!wait && must_go_alone(latest_))
        wait = WaitUntil{latest_ + next_look, Window::minute, true};
    if (wait)
        return *wait;
    return Permit(permits_);
}

// Whether the requests in flight have to end before another one may leave, because
// too little is known.
bool Gate::must_go_alone(SteadyTime now) const {
    const auto is_limited = [](const WindowModel& window) { return window.limit().has_value(); };
    if (pending() == 0 || std::ranges::none_of(windows_, is_limited))
        return false;
    const Duration age = last_answer_ ? now - *last_answer_ : Duration::max();
    if (age <= (others_about_ ? news_beside_others : news_from_log) ||
        (answered_ && !others_about_))
        return false;
    const auto is_fresh = [now](const InFlight& one) { return now < one.sent + longest_lead; };
    return *permits_ > 0 || std::ranges::any_of(in_flight_, is_fresh);
}

Ticket Gate::sent(Permit permit, SteadyTime now) {
    if (permit.outstanding_ != permits_)
        throw std::logic_error("a request was sent without a permit of this quota gate");
    advance(now);
    permit.give_back();
    const Ticket ticket{++last_ticket_};
    add(std::nullopt, ticket, latest_);
    return ticket;
}

void Gate::add(std::optional<Source> source, Ticket ticket, SteadyTime at) {
    for (WindowModel& window : windows_)
        window.request_sent(at);
    in_flight_.push_back({source, ticket, at});
}

std::optional<SteadyTime> Gate::take(std::optional<Source> source, Ticket ticket) {
    const auto place = std::ranges::find_if(in_flight_, [&](const InFlight& request) {
        return request.source == source && request.ticket == ticket;
    });
    if (place == in_flight_.end())
        return std::nullopt;
    const SteadyTime sent = place->sent;
    in_flight_.erase(place);
    return sent;
}

void Gate::tell(const Event& end) {
    if (std::holds_alternative<Sent>(end))
        throw std::logic_error("a request was sent without a permit of this quota gate");
    advance(time_of(end));
    const auto sent = take(std::nullopt, ticket_of(end));
    if (!sent)
        throw std::logic_error("a request that is not in flight ended at the quota gate");
    settle(*sent, end, latest_);
    answered_ = answered_ || std::holds_alternative<Answered>(end) ||
                std::holds_alternative<RateLimited>(end);
}

void Gate::heard(Source source, const Event& event, SteadyTime now) {
    advance(std::min(time_of(event), now));
    if (std::holds_alternative<Sent>(event)) {
        // Not later than it left: that bounds when its window opened.
        add(source, ticket_of(event), std::min(time_of(event), latest_));
    } else if (const auto sent = take(source, ticket_of(event))) {
        settle(*sent, event, latest_);
    }
}

void Gate::settle(SteadyTime sent, const Event& end, SteadyTime at) {
    if (const auto* answer = std::get_if<Answered>(&end)) {
        for (WindowModel& window : windows_)
            window.answered(sent, at, answer->reading[window.window()]);
        last_answer_ = at;
    } else if (const auto* refusal = std::get_if<RateLimited>(&end)) {
        refuse(sent, *refusal, at);
        last_answer_ = at;
    } else if (std::holds_alternative<Lost>(end)) {
        for (WindowModel& window : windows_)
            window.lost(at);
    }
    others_about_ = others_about_ || std::ranges::any_of(windows_, &WindowModel::is_foreign);
}

void Gate::refuse(SteadyTime sent, const RateLimited& refusal, SteadyTime at) {
    const Window full = used_up(at, refusal);
    for (WindowModel& model : windows_) {
        const WindowReading& reading = refusal.reading[model.window()];
        if (model.window() == full) {
            model.used_up(sent, at, refusal.retry_after, reading);
        } else {
            model.refused_elsewhere(sent, at, reading);
        }
    }
}

void Gate::answered(Ticket ticket, SteadyTime now, const QuotaReading& reading) {
    tell(Answered{ticket, now, reading});
}

void Gate::lost(Ticket ticket, SteadyTime now) {
    tell(Lost{ticket, now});
}

void Gate::never_sent(Ticket ticket) {
    tell(NeverSent{ticket, latest_});
}

void Gate::rate_limited(Ticket ticket, SteadyTime now, std::optional<Duration> retry_after,
                        std::optional<Window> window, const QuotaReading& reading) {
    tell(RateLimited{ticket, now, retry_after, window, reading});
}

// The window that a 429 means: the one it names; else the largest of which the
// headers say that nothing is left; else the smallest that retry-after fits in;
// else the smallest that can be meant at all.
Window Gate::used_up(SteadyTime now, const RateLimited& refusal) const {
    if (refusal.window)
        return *refusal.window;
    std::optional<Window> nothing_left;
    std::optional<Window> smallest;
    for (const WindowModel& model : windows_) {
        const Window window = model.window();
        if (refusal.reading[window].left == 0)
            nothing_left = window;
        const bool fits =
            refusal.retry_after ? *refusal.retry_after <= length(window) : model.can_be_full(now);
        if (!smallest && fits && model.limit())
            smallest = window;
    }
    return nothing_left ? *nothing_left : smallest.value_or(Window::day);
}

bool Gate::limited() const {
    return !std::ranges::all_of(windows_, &WindowModel::told_unlimited);
}

Gate::Snapshot Gate::snapshot(SteadyTime now) {
    advance(now);
    Snapshot snapshot;
    for (std::size_t i = 0; i < windows_.size(); ++i) {
        const WindowModel& window = windows_[i];
        WindowState& state = snapshot.per_window[i];
        state.limit = window.limit();
        state.used = window.used();
        if (state.limit) {
            state.reserve = *state.limit - window.ours();
            state.left = window.ours() - std::min(window.ours(), state.used);
        }
        state.resets_at = window.ends_at();
        state.exact = state.resets_at && window.end_is_known();
    }
    return snapshot;
}

}  // namespace seqload::quota
