#include "seqload/state/counts.hpp"

#include <numeric>

namespace seqload::state {

std::uint64_t StatusCounts::total() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

}  // namespace seqload::state
