#include "seqload/plan/forecast.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

namespace seqload::plan {

namespace {

constexpr std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();

struct FixedWindow {
    Window window;
    std::uint64_t limit;  // no_bound: unlimited
    std::optional<Duration> opened;
    std::uint64_t used = 0;
    std::uint64_t times_opened = 0;

    Duration end() const { return *opened + length(window); }
    bool is_full() const { return opened && used >= limit; }

    void close_by(Duration now) {
        if (opened && now >= end()) {
            opened.reset();
            used = 0;
        }
    }

    void open_at(Duration now) {
        if (!opened) {
            opened = now;
            ++times_opened;
        }
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

std::vector<FixedWindow> fresh(const QuotaLimits& limits) {
    std::vector<FixedWindow> fixed;
    for (const Window window : windows) {
        const auto limit = limits[window];
        if (limit == 0U)
            throw std::invalid_argument("forecast: a limit of 0 lets no request through");
        fixed.push_back({window, limit ? std::uint64_t{*limit} : no_bound, std::nullopt});
    }
    return fixed;
}

}  // namespace

Forecast forecast(std::uint64_t requests, const QuotaLimits& limits, Duration latency_per_request,
                  unsigned connections) {
    if (connections == 0 || latency_per_request < Duration(0))
        throw std::invalid_argument("forecast: no connections, or an answer before its request");
    auto fixed = fresh(limits);
    Forecast result;
    result.requests = requests;
    Connections pool(std::clamp<std::uint64_t>(requests, 1, connections),
                     std::min(latency_per_request, longest_forecast));

    for (std::uint64_t left = requests; left > 0;) {
        const Duration now = pool.next_start();
        if (now >= longest_forecast) {
            result.duration = longest_forecast;
            break;
        }
        Duration wait_until = now;
        for (FixedWindow& window : fixed) {
            window.close_by(now);
            if (window.is_full()) {
                wait_until = std::max(wait_until, window.end());
                result.bound_by = std::max(result.bound_by, std::optional(window.window));
            }
        }
        if (wait_until > now) {
            pool.none_before(wait_until);
            continue;
        }
        // Nothing changes until a window ends or is full.
        std::uint64_t portion = left;
        for (FixedWindow& window : fixed) {
            window.open_at(now);
            portion =
                std::min({portion, window.limit - window.used, pool.starts_before(window.end())});
        }
        for (FixedWindow& window : fixed)
            window.used += portion;
        left -= portion;
        result.duration = std::min(pool.start(portion), longest_forecast);
    }
    for (const FixedWindow& window : fixed)
        result.windows_opened[static_cast<std::size_t>(window.window)] = window.times_opened;
    return result;
}

}  // namespace seqload::plan
