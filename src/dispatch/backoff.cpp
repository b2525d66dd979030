#include "seqload/dispatch/backoff.hpp"

#include <algorithm>

namespace seqload::dispatch {

Duration backoff(std::uint32_t tries, double drawn) {
    constexpr std::uint32_t doublings_to_cap = 6;  // 2^6 s is over the cap already
    const std::uint32_t doublings = std::min(tries > 0 ? tries - 1 : 0, doublings_to_cap);
    const Duration longest = std::min<Duration>(backoff_cap, backoff_base * (1U << doublings));
    return std::chrono::duration_cast<Duration>(longest * drawn);
}

}  // namespace seqload::dispatch
