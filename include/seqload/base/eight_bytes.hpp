#pragma once

// Eight bytes of text as one number, so that one instruction looks at all of them.

#include <cstdint>
#include <cstring>

namespace seqload {

using EightBytes = std::uint64_t;

// That byte, eight times.
constexpr EightBytes each(std::uint8_t byte) {
    return EightBytes{0x0101'0101'0101'0101} * byte;
}

// From there on, in the machine's order.
inline EightBytes eight_bytes_at(const char* text) {
    EightBytes eight = 0;
    std::memcpy(&eight, text, sizeof eight);
    return eight;
}

// Not 0 exactly if one of them is less than that, which is 0x80 at most. Which one the bits do
// not say: what is borrowed from the next byte may set another.
constexpr EightBytes any_below(EightBytes eight, std::uint8_t limit) {
    return (eight - each(limit)) & ~eight & each(0x80);
}

// Not 0 exactly if one of them is that.
constexpr EightBytes any_equal(EightBytes eight, std::uint8_t byte) {
    return any_below(eight ^ each(byte), 1);
}

}  // namespace seqload
