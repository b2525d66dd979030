#pragma once

#include <cstdint>
#include <limits>

namespace seqload::app {

// As a bound for Random::below: none.
inline constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

}  // namespace seqload::app
