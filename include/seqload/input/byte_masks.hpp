#pragma once

// 64 bytes of text at a glance: one bit for each byte, the first one lowest.

#include <cstddef>
#include <cstdint>

namespace seqload::input {

struct ByteMasks {
    static constexpr std::size_t width = 64;

    std::uint64_t separators = 0;
    std::uint64_t line_feeds = 0;
    std::uint64_t odd = 0;  // quotes, NUL, and each CR that no LF follows
    std::uint64_t beyond_ascii = 0;

    bool operator==(const ByteMasks&) const = default;
};

// One byte more may be read: whether a CR at the end is followed by a LF.
ByteMasks masks_of(const char* text, char separator);

// The same, byte by byte; for machines without vectors of bytes, and to test the other.
ByteMasks masks_of_each(const char* text, char separator);

}  // namespace seqload::input
