#include "seqload/plan/forecast.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace seqload::plan {

namespace {

constexpr std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();

struct FixedWindow {
    Window window;
    std::uint64_t limit;          // no_bound: unlimited
    std::optional<Duration> end;  // of the one that is open
    std::uint64_t left = 0;       // in that one
    std::uint64_t times_opened = 0;

    bool is_full() const { return end && left == 0; }

    void close_by(Duration now) {
        if (end && now >= *end)
            end.reset();
    }

    void open_at(Duration now) {
        if (end)
            return;
        end = now + length(window);
        left = limit;
        ++times_opened;
    }

    void take(std::uint64_t requests) {
        if (limit != no_bound)
            left -= requests;
    }
};

// When each connection is free for the next request. Requests take them in turn,
// the one that is free first: if all are busy for the same time, their order never
// changes and no two are further apart than that time.
class Connections {
public:
    Connections(std::size_t count, Duration busy) : free_from_(count, Duration(0)), busy_(busy) {}

    Duration next_start() const { return free_from_.front(); }

    void none_before(Duration time) {
        for (Duration& free : free_from_)
            free = std::max(free, time);
    }

    // How many requests start before that time if nothing else holds them back.
    std::uint64_t starts_before(Duration end) const {
        if (busy_ == Duration(0))
            return next_start() < end ? no_bound : 0;
        std::uint64_t starts = 0;
        for (const Duration free : free_from_) {
            if (free < end)
                starts += static_cast<std::uint64_t>((end - free - Duration(1)) / busy_) + 1;
        }
        return starts;
    }

    // So many requests (at least one) start one after the other; when the last is answered.
    Duration start(std::uint64_t requests) {
        if (busy_ == Duration(0))
            return next_start();
        const auto rounds = static_cast<std::int64_t>((requests - 1) / free_from_.size());
        const auto last = static_cast<std::ptrdiff_t>((requests - 1) % free_from_.size());
        for (Duration& free : free_from_)
            free += busy_ * rounds;
        const auto after_last = free_from_.begin() + last + 1;
        for (auto free = free_from_.begin(); free != after_last; ++free)
            *free += busy_;
        const Duration answered = free_from_[static_cast<std::size_t>(last)];
        std::rotate(free_from_.begin(), after_last, free_from_.end());
        return answered;
    }

private:
    std::vector<Duration> free_from_;  // the earliest first
    Duration busy_;
};

using FixedWindows = std::array<FixedWindow, windows.size()>;

FixedWindows at_the_beginning(const QuotaStanding& standing) {
    FixedWindows fixed{};
    for (const Window window : windows) {
        const WindowStanding& stands = standing[window];
        if (stands.limit == 0U)
            throw std::invalid_argument("forecast: a limit of 0 lets no request through");
        FixedWindow& one = fixed[static_cast<std::size_t>(window)];
        one = {window, stands.limit ? std::uint64_t{*stands.limit} : no_bound, std::nullopt};
        if (stands.open && stands.open->ends_in > Duration(0)) {
            one.end = stands.open->ends_in;
            one.left = stands.limit ? std::min(one.limit, stands.open->left) : no_bound;
        }
    }
    return fixed;
}

// The requests on their way through the windows.
class Walk {
public:
    Walk(const QuotaStanding& standing, Connections pool, const Bounds& bounds)
        : windows_(at_the_beginning(standing)), pool_(std::move(pool)), bounds_(bounds) {}

    Forecast to_the_end(std::uint64_t requests) {
        result_.requests = requests;
        for (std::uint64_t left = requests; left > 0;) {
            const Duration now = pool_.next_start();
            if (now >= longest_forecast) {
                result_.duration = longest_forecast;
                break;
            }
            const std::uint64_t sent = requests - left;
            if (const Duration until = full_until(now, sent); until > now)
                pool_.none_before(until);
            else
                left -= send(left, now);
        }
        for (const FixedWindow& window : windows_)
            result_.windows_opened[static_cast<std::size_t>(window.window)] = window.times_opened;
        return result_;
    }

private:
    // No later than now: there is room.
    Duration full_until(Duration now, std::uint64_t sent) {
        Duration until = now;
        std::optional<Window> full;
        for (FixedWindow& window : windows_) {
            window.close_by(now);
            if (!window.is_full())
                continue;
            if (*window.end > until) {
                until = *window.end;
                full = window.window;
            }
            result_.bound_by = std::max(result_.bound_by, std::optional(window.window));
        }
        const bool is_late = bounds_.deadline && until >= *bounds_.deadline;
        const bool is_long = bounds_.longest_wait && until - now > *bounds_.longest_wait;
        if (!result_.stop && (is_late || is_long))
            result_.stop = {sent, is_late, full, until - now};
        return until;
    }

    // Nothing changes until a window ends or is full, or the deadline comes.
    std::uint64_t send(std::uint64_t left, Duration now) {
        std::uint64_t portion = left;
        if (bounds_.deadline && !result_.stop)
            portion = std::min(portion, pool_.starts_before(*bounds_.deadline));
        for (FixedWindow& window : windows_) {
            window.open_at(now);
            portion = std::min({portion, window.left, pool_.starts_before(*window.end)});
        }
        for (FixedWindow& window : windows_)
            window.take(portion);
        result_.duration = std::min(pool_.start(portion), longest_forecast);
        return portion;
    }

    FixedWindows windows_;
    Connections pool_;
    Bounds bounds_;
    Forecast result_;
};

QuotaStanding only(Window window, const QuotaStanding& standing) {
    QuotaStanding alone;
    alone[window] = standing[window];
    return alone;
}

}  // namespace

QuotaStanding fresh_windows(const QuotaLimits& limits) {
    QuotaStanding standing;
    for (const Window window : windows)
        standing[window].limit = limits[window];
    return standing;
}

Forecast forecast(std::uint64_t requests, const QuotaStanding& standing, const Pace& pace,
                  const Bounds& bounds) {
    if (pace.connections == 0 || pace.latency < Duration(0))
        throw std::invalid_argument("forecast: no connections, or an answer before its request");
    const Connections pool(std::clamp<std::uint64_t>(requests, 1, pace.connections),
                           std::min(pace.latency, longest_forecast));
    Forecast result = Walk(standing, pool, bounds).to_the_end(requests);
    for (const Window window : windows)
        result.durations_alone[static_cast<std::size_t>(window)] =
            Walk(only(window, standing), pool, {}).to_the_end(requests).duration;
    return result;
}

}  // namespace seqload::plan
