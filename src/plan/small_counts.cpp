#include "seqload/plan/small_counts.hpp"

#include <limits>
#include <stdexcept>

namespace seqload::plan {

namespace {

constexpr std::uint8_t most = std::numeric_limits<std::uint8_t>::max();
constexpr std::uint32_t carry = std::uint32_t{most} + 1;

}  // namespace

void SmallCounts::add(std::uint32_t thing) {
    while (thing >= low_.size())
        low_.push_back(0);
    if (low_[thing] < most) {
        ++low_[thing];
        return;
    }
    low_[thing] = 0;
    ++carried_[thing];
}

void SmallCounts::take_back(std::uint32_t thing) {
    if ((*this)[thing] == 0)
        throw std::logic_error("taken back is what was not counted");
    if (low_[thing] > 0) {
        --low_[thing];
        return;
    }
    low_[thing] = most;
    const auto carried = carried_.find(thing);
    if (--carried->second == 0)
        carried_.erase(carried);
}

std::uint32_t SmallCounts::operator[](std::uint32_t thing) const {
    if (thing >= low_.size())
        return 0;
    const auto carried = carried_.empty() ? carried_.end() : carried_.find(thing);
    return low_[thing] + (carried == carried_.end() ? 0 : carried->second * carry);
}

}  // namespace seqload::plan
