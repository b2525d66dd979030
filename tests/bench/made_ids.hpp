#pragma once

// Ids as Apollo's look: four bytes of a time, the rest scattered.

#include "seqload/model/id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace seqload::bench {

inline Id made_id(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{0x66, 0xe9, 0xe2, 0x15};
    std::uint64_t scattered = number * 0x9E3779B97F4A7C15U;
    for (std::size_t place = 4; place < Id::size; ++place) {
        bytes[place] = static_cast<std::uint8_t>(scattered);
        scattered >>= 8U;
    }
    return Id(bytes);
}

}  // namespace seqload::bench
