#include "seqload/model/quota_limits.hpp"

#include <algorithm>
#include <cmath>

namespace seqload {

std::uint32_t without_reserve(std::uint32_t limit, double reserve) {
    // 10% of 10 is 1, even where the product is a little less.
    constexpr double slack = 1e-6;
    const double rest = std::floor(limit * (1.0 - reserve) + slack);
    return std::clamp(static_cast<std::uint32_t>(rest), std::min(limit, 1U), limit);
}

QuotaLimits without_reserve(const QuotaLimits& limits, double reserve) {
    QuotaLimits rest = limits;
    for (const Window window : windows) {
        if (rest[window])
            rest[window] = without_reserve(*rest[window], reserve);
    }
    return rest;
}

}  // namespace seqload
