#include "seqload/dispatch/outage.hpp"

#include <algorithm>
#include <chrono>

namespace seqload::dispatch {

namespace {

// Fewer may be bad luck.
constexpr std::uint32_t failures_of_an_outage = 3;

// From one probe to the next: doubled each time.
constexpr Duration first_interval = std::chrono::seconds(1);
constexpr Duration longest_interval = std::chrono::seconds(30);
constexpr std::uint32_t doublings_to_longest = 5;

}  // namespace

void Outage::succeeded(SteadyTime now) {
    last_success_ = now;
    failures_ = 0;
    since_.reset();
}

void Outage::failed(SteadyTime now) {
    if (!since_)
        since_ = now;
    last_failure_ = now;
    ++failures_;
}

std::optional<SteadyTime> Outage::next_probe() const {
    if (failures_ < failures_of_an_outage)
        return std::nullopt;
    const std::uint32_t doublings =
        std::min(failures_ - failures_of_an_outage, doublings_to_longest);
    const Duration interval = first_interval * (std::int64_t{1} << doublings);
    return last_failure_ + std::min(interval, longest_interval);
}

bool Outage::succeeded_since(SteadyTime time) const {
    return last_success_ && *last_success_ >= time;
}

bool Outage::must_give_up(SteadyTime now) const {
    return since_ && now - *since_ >= give_up_after_;
}

}  // namespace seqload::dispatch
