#pragma once

// XXH3 with a seed, compiled into the caller: for keys of a few bytes a call into
// the library would cost as much as the hash.

#define XXH_INLINE_ALL
#include <cstddef>
#include <cstdint>

#include <xxhash.h>

namespace seqload {

inline std::uint64_t seeded_hash(const void* bytes, std::size_t size, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, size, seed);
}

// The lower half of the hash, as a fraction of the whole, picks one of so many places.
inline std::size_t place_for(std::uint64_t hash, std::uint64_t places) {
    return static_cast<std::size_t>(((hash & 0xffff'ffffU) * places) >> 32U);
}

}  // namespace seqload
