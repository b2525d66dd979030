#pragma once

#include <cstdint>

namespace seqload::dispatch {

// What a canary came to that has passed: its rows, retries and open batches included.
struct PassedCanary {
    std::uint64_t added = 0;
    std::uint64_t already_in_sequence = 0;
};

}  // namespace seqload::dispatch
