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
    if (!ready_.empty()) {
        Job job = std::move(ready_.front());
        ready_.pop_front();
        ++in_hand_;
        return Work{std::move(job)};
    }
    if (!exhausted_ && !fetching_) {
        fetching_ = true;
        return Fetch{};
    }
    if (!deferred_.empty())
        return WaitUntil{deferred_.front().due};
    if (in_hand_ > 0 || fetching_)
        return Wait{};
    return Done{};
}

void Agenda::fetched(std::vector<Job> jobs) {
    fetching_ = false;
    std::ranges::move(jobs, std::back_inserter(ready_));
}

void Agenda::exhausted() {
    fetching_ = false;
    exhausted_ = true;
}

void Agenda::finished() {
    --in_hand_;
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
    ready_.push_front(std::move(second));
    ready_.push_front(std::move(first));
}

}  // namespace seqload::dispatch
