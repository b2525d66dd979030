#pragma once

// Different ids for different numbers.

#include "seqload/model/id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace seqload::test {

inline Id numbered_id(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    for (std::size_t i = Id::size; i > 4; --i) {
        bytes[i - 1] = static_cast<std::uint8_t>(number & 0xffU);
        number >>= 8U;
    }
    return Id(bytes);
}

}  // namespace seqload::test
