#include "seqload/dispatch/head_start.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace seqload::dispatch {

namespace {

// What the mean keeps from one commit to the next.
constexpr double kept = 7.0 / 8;

}  // namespace

void HeadStart::answered(std::optional<std::uint64_t> during) {
    if (!during)
        return;
    if (*during == commit_) {
        ++answers_;
        return;
    }
    answers_per_commit_ +=
        (1 - kept) * (static_cast<double>(std::exchange(answers_, 1)) - answers_per_commit_);
    // Commits that no answer came during.
    const std::uint64_t others = *during - std::exchange(commit_, *during) - 1;
    answers_per_commit_ *= std::pow(kept, static_cast<double>(others));
}

unsigned HeadStart::departures() const {
    return std::min(most_, static_cast<unsigned>(std::lround(answers_per_commit_)));
}

}  // namespace seqload::dispatch
