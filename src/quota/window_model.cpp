#include "seqload/quota/window_model.hpp"

#include <algorithm>
#include <stdexcept>

namespace seqload::quota {

namespace {

// `retry-after` counts whole seconds, rounded either way.
constexpr Duration rounding = std::chrono::seconds(1);

// How long to wait where only requests in flight stand in the way: their end
// is what matters, and it calls for asking again anyway.
constexpr Duration soon = std::chrono::seconds(1);

// A window whose end nobody told is sounded this often in its length: the run
// loses at most a tenth of a window, and spends at most ten requests on it.
constexpr int soundings_per_window = 10;

void drop_until(std::deque<SteadyTime>& times, SteadyTime end) {
    while (!times.empty() && times.front() <= end)
        times.pop_front();
}

std::optional<SteadyTime> later_of(std::optional<SteadyTime> left,
                                   std::optional<SteadyTime> right) {
    return std::max(left, right);  // nullopt is less than any time
}

}  // namespace

WindowModel::WindowModel(Window window, std::optional<std::uint32_t> limit)
    : window_(window), length_(length(window)), limit_(limit) {
    if (limit == 0)
        throw std::invalid_argument("a quota window has a limit of 0 requests");
}

std::optional<SteadyTime> WindowModel::opened_no_earlier() const {
    return alone_ && first_sent_ ? first_sent_ : opened_after_;
}

std::optional<SteadyTime> WindowModel::earliest_end() const {
    const auto opened = opened_no_earlier();
    return opened ? std::optional(*opened + length_) : std::nullopt;
}

std::optional<SteadyTime> WindowModel::ends_at() const {
    if (shut_until_)
        return shut_until_;
    return opened_no_later_ ? std::optional(*opened_no_later_ + length_) : std::nullopt;
}

std::uint32_t WindowModel::used(std::uint32_t pending) const {
    if (!limit_)
        return own_;
    const auto here = count_ + static_cast<std::uint32_t>(unconfirmed_.size());
    const auto next = static_cast<std::uint32_t>(maybe_next_.size());
    return std::max(here, next) + pending;
}

void WindowModel::advance(SteadyTime now, std::uint32_t pending) {
    drop_until(unconfirmed_, now - length_);
    drop_until(maybe_next_, now - length_);
    if (!opened_no_later_ || now < *opened_no_later_ + length_)
        return;
    // A count was told by a request that was in the old window when it arrived.
    const auto old_seen = count_ > 0 ? std::optional(count_sent_) : std::nullopt;
    begin_next(*opened_no_later_ + length_, later_of(earliest_end(), old_seen));
    own_ = static_cast<std::uint32_t>(unconfirmed_.size()) + pending;
    alone_ = own_ == 0;
}

std::optional<SteadyTime> WindowModel::blocked_until(SteadyTime now, std::uint32_t pending) const {
    if (shut_until_) {
        if (now < *shut_until_)
            return shut_until_;
        return pending == 0 ? std::nullopt : std::optional(now + soon);
    }
    if (!limit_ || used(pending) < *limit_)
        return std::nullopt;
    if (opened_no_later_)
        return *opened_no_later_ + length_;
    for (const auto* settled : {&unconfirmed_, &maybe_next_}) {
        if (!settled->empty())
            return settled->front() + length_;
    }
    return now + soon;
}

void WindowModel::request_sent(SteadyTime now) {
    ++own_;
    if (!first_sent_)
        first_sent_ = now;
}

void WindowModel::answered(SteadyTime sent, SteadyTime now, const WindowReading& reading) {
    adopt_limit(reading);
    if (sent >= full_from_)
        full_since_.reset();
    const auto count = reading.counted();
    if (shut_until_ && sent >= *shut_until_) {
        shut_until_.reset();
        if (sounding_shows_next(now, count)) {
            begin_seen(sent, now, count.value_or(1));
            opened_after_ = later_of(opened_after_, full_from_);
            return;
        }
    }
    if (sent < certain_from_) {  // whose count a header tells is not known, either
        count_unconfirmed(now);
    } else if (count && shows_next(sent, now, *count)) {
        begin_seen(sent, now, *count);
    } else if (count) {
        adopt_count(sent, now, *count);
    } else {
        seen_open(now);
        count_unconfirmed(now);
    }
}

void WindowModel::lost(SteadyTime now) {
    count_unconfirmed(now);
}

void WindowModel::refused_elsewhere(SteadyTime sent, SteadyTime now, const WindowReading& reading) {
    adopt_limit(reading);
    const auto count = reading.counted();
    if (count && sent >= certain_from_) {
        adopt_count(sent, now, *count);
    } else {
        count_unconfirmed(now);
    }
}

void WindowModel::used_up(SteadyTime sent, SteadyTime now, std::optional<Duration> retry_after,
                          const WindowReading& reading) {
    adopt_limit(reading);
    if (sent >= certain_from_) {
        // It is full, and not by us alone if we know of less.
        adopt_count(sent, now, reading.counted().value_or(limit_.value_or(own_)));
    }
    if (!full_since_)
        full_since_ = sent;
    const SteadyTime until = retry_after ? told_end(now, *retry_after) : next_sounding(now);
    shut_until_ = shut_until_ ? std::max(*shut_until_, until) : until;
    full_from_ = sent;
}

bool WindowModel::can_be_full(SteadyTime now) const {
    return !full_since_ || now <= *full_since_ + length_;
}

SteadyTime WindowModel::told_end(SteadyTime now, Duration retry_after) const {
    const SteadyTime told = now + std::clamp(retry_after, Duration(0), length(Window::day));
    if (!opened_no_later_)
        return told + rounding;
    return std::clamp(*opened_no_later_ + length_, told, told + rounding);
}

// When to try a full window whose end nobody told: when it has surely ended,
// or earlier if that might be much too late.
SteadyTime WindowModel::next_sounding(SteadyTime now) const {
    const Duration step = length_ / soundings_per_window;
    const auto earliest = earliest_end();
    if (!opened_no_later_)
        return now + step;
    const SteadyTime surely = *opened_no_later_ + length_;
    const bool known_well = earliest && surely - *earliest <= step;
    return known_well ? surely : std::min(surely, now + step);
}

// The window that was full has let a request pass. It is a new one if the count
// has fallen, or else if it can have ended.
bool WindowModel::sounding_shows_next(SteadyTime now, std::optional<std::uint32_t> count) const {
    if (count)
        return *count <= count_;
    const auto end = earliest_end();
    return !end || now > *end;
}

bool WindowModel::shows_next(SteadyTime sent, SteadyTime now, std::uint32_t count) const {
    const auto end = earliest_end();
    if (end && now <= *end)  // a counter that lags, or starts over for some other reason
        return false;
    // It opened its window, after ours was open.
    if (count == 1 && opened_no_later_ && sent >= *opened_no_later_)
        return true;
    // It came after the one that told count_, and yet was counted no higher. Where
    // the window's opening is not known, an equal count rather means that it was
    // not counted at all.
    return sent >= count_read_ && (count < count_ || (end && count == count_));
}

void WindowModel::begin_next(SteadyTime certain_from, std::optional<SteadyTime> opened_after) {
    certain_from_ = certain_from;
    opened_after_ = opened_after;
    first_sent_.reset();
    opened_no_later_.reset();
    count_ = 0;
    unconfirmed_ = std::move(maybe_next_);
    maybe_next_.clear();
}

// The answer to a request shows that it counted in a new window.
void WindowModel::begin_seen(SteadyTime sent, SteadyTime now, std::uint32_t count) {
    const auto old_seen = count_ > 0 ? std::optional(count_sent_) : std::nullopt;
    begin_next(now, later_of(earliest_end(), old_seen));
    alone_ = false;
    own_ = count;
    opened_no_later_ = now;
    adopt_count(sent, now, count);
}

void WindowModel::seen_open(SteadyTime now) {
    opened_no_later_ = opened_no_later_ ? std::min(*opened_no_later_, now) : now;
}

void WindowModel::adopt_limit(const WindowReading& reading) {
    if (reading.unlimited) {
        limit_.reset();
        unconfirmed_.clear();
        maybe_next_.clear();
    } else if (reading.limit) {
        limit_ = reading.limit;
    }
}

void WindowModel::adopt_count(SteadyTime sent, SteadyTime now, std::uint32_t count) {
    if (count > 0)
        seen_open(now);
    if (count > own_)
        alone_ = false;
    if (count > count_) {
        count_ = count;
        count_sent_ = sent;
        count_read_ = now;
        drop_until(unconfirmed_, sent);
    }
    const auto end = earliest_end();
    if (end && now > *end) {
        if (limit_)
            maybe_next_.push_back(now);
    } else if (count == 1) {  // this very request opened it
        opened_after_ = later_of(opened_after_, sent);
    }
}

void WindowModel::count_unconfirmed(SteadyTime now) {
    if (!limit_)
        return;
    unconfirmed_.push_back(now);
    const auto end = earliest_end();
    if (!end || now > *end)
        maybe_next_.push_back(now);
}

}  // namespace seqload::quota
