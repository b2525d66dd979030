#include "seqload/quota/window_model.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>

namespace seqload::quota {

namespace {

// How long to wait where only requests in flight stand in the way: their end
// is what matters, and it calls for asking again anyway.
constexpr Duration soon = std::chrono::seconds(1);

// What is lost by waiting longer than needed is not worth a 429.
constexpr Duration small_doubt = std::chrono::seconds(3);
constexpr int small_part = 50;

// Requests that look into a reserve whether the window has ended.
constexpr std::uint32_t reserve_for_one_look = 10;
constexpr std::uint32_t most_looks = 10;

void drop_until(std::deque<SteadyTime>& times, SteadyTime end) {
    while (!times.empty() && times.front() <= end)
        times.pop_front();
}

std::uint32_t size_of(const std::deque<SteadyTime>& times) {
    return static_cast<std::uint32_t>(times.size());
}

std::optional<SteadyTime> later_of(std::optional<SteadyTime> left,
                                   std::optional<SteadyTime> right) {
    return std::max(left, right);  // nullopt is less than any time
}

}  // namespace

WindowModel::WindowModel(Window window, std::optional<std::uint32_t> limit, double reserve)
    : window_(window), limit_(limit), reserve_(reserve), span_(length(window)) {
    if (limit == 0)
        throw std::invalid_argument("a quota window has a limit of 0 requests");
    if (!(reserve >= 0 && reserve <= 1))
        throw std::invalid_argument("the reserve of a quota window is no share of it");
}

std::uint32_t WindowModel::ours() const {
    return without_reserve(*limit_, reserve_);
}

std::optional<SteadyTime> WindowModel::ends_at() const {
    return shutter_.shut_until() ? shutter_.shut_until() : span_.latest_end();
}

// How much earlier than modelled the window may end.
Duration WindowModel::doubt() const {
    const auto latest = span_.latest_end();
    if (!foreign_ || !latest)
        return Duration(0);
    // A count was told by a request that was in the window when it arrived.
    const SteadyTime known_open = std::max(moment_.now, count_sent_);
    return *latest - std::max(span_.earliest_end().value_or(known_open), known_open);
}

bool WindowModel::end_is_known() const {
    if (shutter_.shut_until())
        return shutter_.is_told();
    return doubt() <= std::max(small_doubt, span_.length() / small_part);
}

// So far as headers and their gaps tell.
std::uint32_t WindowModel::used_beside(std::uint32_t pending) const {
    if (!limit_)
        return own_;
    return std::max(count_ + size_of(unconfirmed_), size_of(maybe_next_)) + pending;
}

// Nobody else has been seen: then no more can have counted than was sent.
std::uint32_t WindowModel::own_at_most() const {
    const bool alone = !foreign_ && !moment_.others_about;
    return alone ? own_ + moment_.permitted : std::numeric_limits<std::uint32_t>::max();
}

// The next window opened after the current one can have ended, and after the request
// arrived that told its count.
std::optional<SteadyTime> WindowModel::next_opened_after() const {
    return later_of(span_.earliest_end(), count_ > 0 ? std::optional(count_sent_) : std::nullopt);
}

void WindowModel::advance(const Moment& moment) {
    moment_ = moment;
    drop_until(unconfirmed_, moment.now - span_.length());
    drop_until(maybe_next_, moment.now - span_.length());
    if (const auto end = span_.latest_end(); end && moment.now >= *end)
        begin_next(*end, next_opened_after());
}

std::optional<WindowModel::Wait> WindowModel::wait() const {
    if (const auto shut_until = shutter_.shut_until()) {
        if (moment_.now < *shut_until)
            return Wait{*shut_until, !shutter_.is_told()};
        return sound();
    }
    if (!limit_)
        return std::nullopt;
    if (used() < ours())
        return is_crowded() ? std::optional(Wait{moment_.now + soon}) : std::nullopt;
    if (end_is_known())
        return Wait{modelled_end()};
    if (used_beside(0) >= *limit_)
        return sound();
    const Wait next_look = look();
    return next_look.until > moment_.now ? std::optional(next_look) : std::nullopt;
}

// Others may take a burst of requests that no answer has shown yet: then at most one of
// ours is refused.
bool WindowModel::is_crowded() const {
    const std::uint32_t pending = moment_.pending();
    return moment_.others_about && pending > 0 && *limit_ - used() <= pending + unseen_burst;
}

// One request goes, and nobody follows before its end.
std::optional<WindowModel::Wait> WindowModel::sound() const {
    if (moment_.pending() == 0)
        return std::nullopt;
    return Wait{moment_.now + soon, true};
}

// The reserve is reached. A request now and then shows whether the window has ended.
WindowModel::Wait WindowModel::look() const {
    if (moment_.pending() > 0)
        return {moment_.now + soon, true};
    const std::uint32_t looks = std::min((*limit_ - ours()) / reserve_for_one_look, most_looks);
    const SteadyTime next = last_sent_ + span_.length() / (looks + 1);
    const SteadyTime end = modelled_end();
    return next < end ? Wait{next, true} : Wait{end, false};
}

// When a window that is full by our count has ended.
SteadyTime WindowModel::modelled_end() const {
    if (const auto end = span_.latest_end())
        return *end;
    for (const auto* settled : {&unconfirmed_, &maybe_next_}) {
        if (!settled->empty())
            return settled->front() + span_.length();
    }
    return moment_.now + soon;
}

void WindowModel::request_sent(SteadyTime now) {
    ++own_;
    last_sent_ = std::max(last_sent_, now);
    span_.sent(now);
}

void WindowModel::answered(SteadyTime sent, SteadyTime now, const WindowReading& reading) {
    adopt_limit(sent, reading);
    const auto count = reading.counted();
    if (shutter_.passed(sent) && sounding_shows_next(now, count)) {
        begin_seen(sent, now, count.value_or(1));
        span_.not_opened_before(shutter_.full_until());
        return;
    }
    if (!span_.surely_not_older(sent)) {  // whose count a header tells is not known, either
        count_unconfirmed(now);
    } else if (count && shows_next(sent, now, *count)) {
        begin_seen(sent, now, *count);
    } else if (count) {
        adopt_count(sent, now, *count);
    } else {
        span_.seen_open(now);
        count_unconfirmed(now);
    }
}

void WindowModel::lost(SteadyTime now) {
    count_unconfirmed(now);
}

void WindowModel::refused_elsewhere(SteadyTime sent, SteadyTime now, const WindowReading& reading) {
    adopt_limit(sent, reading);
    const auto count = reading.counted();
    if (count && span_.surely_not_older(sent)) {
        adopt_count(sent, now, *count);
    } else {
        count_unconfirmed(now);
    }
}

void WindowModel::used_up(SteadyTime sent, SteadyTime now, std::optional<Duration> retry_after,
                          const WindowReading& reading) {
    adopt_limit(sent, reading);
    if (span_.surely_not_older(sent)) {
        // It is full, and not by us alone if we know of less.
        adopt_count(sent, now, reading.counted().value_or(limit_.value_or(own_)));
    }
    shutter_.refused(sent, now, retry_after, span_);
}

// The window that was full has let a request pass. It is a new one if the count
// has fallen, or else if it can have ended.
bool WindowModel::sounding_shows_next(SteadyTime now, std::optional<std::uint32_t> count) const {
    if (count)
        return *count <= count_;
    const auto end = span_.earliest_end();
    return !end || now > *end;
}

bool WindowModel::shows_next(SteadyTime sent, SteadyTime now, std::uint32_t count) const {
    const auto end = span_.earliest_end();
    if (end && now <= *end)  // a counter that lags, or starts over for some other reason
        return false;
    // It opened its window, after ours was open.
    if (count == 1 && span_.is_open() && sent >= *span_.opened_no_later())
        return true;
    // It came after the one that told count_, and yet was counted no higher. Where
    // the window's opening is not known, an equal count rather means that it was
    // not counted at all.
    return sent >= count_read_ && (count < count_ || (end && count == count_));
}

void WindowModel::begin_next(SteadyTime certain_from, std::optional<SteadyTime> opened_after) {
    const std::uint32_t carried_over = size_of(maybe_next_) + moment_.in_flight;
    span_.next(certain_from, opened_after, carried_over + moment_.permitted == 0);
    own_ = carried_over;
    foreign_ = false;
    count_ = 0;
    unconfirmed_ = std::move(maybe_next_);
    maybe_next_.clear();
}

// The answer to a request shows that it counted in a new window.
void WindowModel::begin_seen(SteadyTime sent, SteadyTime now, std::uint32_t count) {
    begin_next(now, next_opened_after());
    span_.perhaps_opened_by_others();
    span_.seen_open(now);
    adopt_count(sent, now, count);
}

void WindowModel::adopt_limit(SteadyTime sent, const WindowReading& reading) {
    if (sent < limit_sent_ || (!reading.unlimited && !reading.limit))
        return;
    limit_ = reading.limit;
    limit_sent_ = sent;
    told_unlimited_ = reading.unlimited;
    if (!limit_) {
        unconfirmed_.clear();
        maybe_next_.clear();
    }
}

void WindowModel::adopt_count(SteadyTime sent, SteadyTime now, std::uint32_t count) {
    if (count > 0)
        span_.seen_open(now);
    if (count > own_) {
        span_.perhaps_opened_by_others();
        foreign_ = true;
    }
    if (count > count_) {
        count_ = count;
        count_sent_ = sent;
        count_read_ = now;
        drop_until(unconfirmed_, sent);
    }
    const auto end = span_.earliest_end();
    if (end && now > *end) {
        if (limit_)
            maybe_next_.push_back(now);
    } else if (count == 1) {  // this very request opened it
        span_.not_opened_before(sent);
    }
}

void WindowModel::count_unconfirmed(SteadyTime now) {
    if (!limit_)
        return;
    unconfirmed_.push_back(now);
    const auto end = span_.earliest_end();
    if (!end || now > *end)
        maybe_next_.push_back(now);
}

}  // namespace seqload::quota
