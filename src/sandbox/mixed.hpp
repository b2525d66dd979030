#pragma once

// Numbers that look like chance and are the same whenever they are asked for (SplitMix64).

#include <cstdint>

namespace seqload::sandbox {

inline std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

}  // namespace seqload::sandbox
