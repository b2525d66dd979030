#pragma once

// How often each of the things numbered 0, 1, 2 … was counted, where there may be very
// many of them and most are counted a few times: a byte for each. What a byte cannot
// hold is carried over into a table of the few.

#include "seqload/base/block_array.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace seqload::plan {

class SmallCounts {
public:
    // One more; things up to this one have a count from now on.
    void add(std::uint32_t thing);

    // One less of what was counted before.
    void take_back(std::uint32_t thing);

    // 0, too, of those that have no count yet.
    std::uint32_t operator[](std::uint32_t thing) const;

    // One more than the largest number that was counted.
    std::size_t size() const { return low_.size(); }

    // Memory held, that of counts over 255 aside.
    std::size_t bytes() const { return low_.bytes(); }

private:
    BlockArray<std::uint8_t> low_;
    std::unordered_map<std::uint32_t, std::uint32_t> carried_;  // times 256; none is 0
};

}  // namespace seqload::plan
