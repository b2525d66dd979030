#include "seqload/dispatch/agenda.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace seqload::dispatch {

Agenda::Next Agenda::next(SteadyTime now) {
    if (stopped_)
        return Done{};

    if (!deferred_.empty() && deferred_.front().due <= now) {
        std::ranges::pop_heap(deferred_, LaterFirst{});
        Job job = std::move(deferred_.back().job);
        deferred_.pop_back();
        ++in_hand_;
        return Work{std::move(job)};
    }
    const auto first =
        canaries_ == 0 ? ready_.begin() : std::ranges::find_if(ready_, &Job::is_canary);
    if (first != ready_.end() && must_ask_before(*first)) {
        if (std::exchange(asking_, true))
            return Wait{};
        return Ask{};
    }
    if (first != ready_.end()) {
        Job job = std::move(*first);
        ready_.erase(first);
        ++in_hand_;
        return Work{std::move(job)};
    }
    if (ready_.empty() && !exhausted_ && !fetching_) {
        fetching_ = true;
        return Fetch{};
    }
    if (!deferred_.empty())
        return WaitUntil{deferred_.front().due};
    if (in_hand_ > 0 || fetching_)
        return Wait{};
    return Done{};
}

bool Agenda::must_ask_before(const Job& job) const {
    return needs_go_ahead_ && had_canary_ && !job.is_canary;
}

void Agenda::fetched(std::vector<Job> jobs) {
    fetching_ = false;
    canaries_ += static_cast<std::size_t>(std::ranges::count_if(jobs, &Job::is_canary));
    had_canary_ = had_canary_ || canaries_ > 0;
    std::ranges::move(jobs, std::back_inserter(ready_));
}

void Agenda::exhausted() {
    fetching_ = false;
    exhausted_ = true;
}

void Agenda::finished(const Job& job) {
    --in_hand_;
    if (job.is_canary)
        --canaries_;
}

void Agenda::defer(Job job, SteadyTime due) {
    --in_hand_;
    deferred_.push_back({due, std::move(job)});
    std::ranges::push_heap(deferred_, LaterFirst{});
}

void Agenda::put_back(Job job) {
    --in_hand_;
    ready_.push_front(std::move(job));
}

void Agenda::split(Job first, Job second) {
    --in_hand_;
    if (first.is_canary)
        ++canaries_;  // one became two
    ready_.push_front(std::move(second));
    ready_.push_front(std::move(first));
}

}  // namespace seqload::dispatch
