#include "seqload/model/id.hpp"

#include <bit>
#include <cstring>

namespace seqload {

namespace {

// Eight characters at a time, a byte each in one number: no sum below carries from
// one byte into the next.
using Eight = std::uint64_t;

constexpr Eight each(std::uint8_t byte) {
    return Eight{0x0101'0101'0101'0101} * byte;
}

Eight eight_from(const char* text) {
    Eight eight = 0;
    std::memcpy(&eight, text, sizeof eight);
    if constexpr (std::endian::native == std::endian::big)
        eight = __builtin_bswap64(eight);
    return eight;
}

// The highest bit of each byte that is no hex character.
Eight not_hex(Eight text) {
    const Eight plain = text & each(0x7f);
    const Eight from_0 = plain ^ each('0');                  // 0 … 9
    const Eight from_a = (plain | each(0x20)) ^ each(0x60);  // 1 … 6
    const Eight no_digit = from_0 + each(0x80 - 10);         // >= 10
    const Eight no_letter = (from_a + each(0x80 - 7)) |      // >= 7
                            ~(from_a + each(0x80 - 1));      // < 1
    return ((no_digit & no_letter) | text) & each(0x80);
}

// Four bytes from eight hex characters, the first in the lowest.
std::uint32_t four_bytes(Eight hex) {
    const Eight digits = (hex & each(0x0f)) + (hex >> 6U & each(1)) * 9;
    const Eight pairs = (digits << 4U | digits >> 8U) & 0x00ff'00ff'00ff'00ffU;
    const Eight quads = (pairs | pairs >> 8U) & 0x0000'ffff'0000'ffffU;
    return static_cast<std::uint32_t>(quads | quads >> 16U);
}

}  // namespace

std::optional<Id> Id::parse(std::string_view text) {
    if (text.size() != text_size)
        return std::nullopt;
    const Eight first = eight_from(text.data());
    const Eight second = eight_from(text.data() + sizeof first);
    const Eight third = eight_from(text.data() + 2 * sizeof first);
    if ((not_hex(first) | not_hex(second) | not_hex(third)) != 0)
        return std::nullopt;
    std::array<std::uint32_t, 3> parts{four_bytes(first), four_bytes(second), four_bytes(third)};
    if constexpr (std::endian::native == std::endian::big) {
        for (std::uint32_t& part : parts)
            part = __builtin_bswap32(part);
    }
    return Id(std::bit_cast<std::array<std::uint8_t, size>>(parts));
}

std::string Id::text() const {
    std::string text;
    append_to(text);
    return text;
}

void Id::append_to(std::string& text) const {
    static constexpr std::string_view hex = "0123456789abcdef";
    const auto start = text.size();
    text.resize(start + text_size);
    for (std::size_t i = 0; i < size; ++i) {
        text[start + 2 * i] = hex[bytes_[i] >> 4];
        text[start + 2 * i + 1] = hex[bytes_[i] & 0xfU];
    }
}

std::string to_string(const Id& id) {
    return id.text();
}

}  // namespace seqload
