#pragma once

// How long to wait before a batch is tried again: exponential back-off with
// full jitter, so that requests that failed together do not come back together.

#include "seqload/base/clock.hpp"

#include <cstdint>

namespace seqload::dispatch {

inline constexpr Duration backoff_base = std::chrono::seconds(1);
inline constexpr Duration backoff_cap = std::chrono::seconds(60);

// tries: how many tries in a row have failed, from 1. drawn: evenly from [0, 1).
// The result is evenly spread over [0, min(cap, base × 2^(tries-1))).
Duration backoff(std::uint32_t tries, double drawn);

}  // namespace seqload::dispatch
