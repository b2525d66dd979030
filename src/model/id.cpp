#include "seqload/model/id.hpp"

#include "seqload/base/eight_bytes.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace seqload {

namespace {

// Eight characters at a time: no sum below carries from one byte into the next.
using Eight = EightBytes;

// Between the machine's order of bytes and the one in which the lowest comes first.
template <class Number>
Number lowest_first(Number number) {
    if constexpr (std::endian::native == std::endian::big)
        return std::byteswap(number);
    return number;
}

Eight eight_from(const char* text) {
    return lowest_first(eight_bytes_at(text));
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

// The way back: eight hex characters from four bytes.
Eight eight_digits(std::uint32_t bytes) {
    const Eight quads = (bytes | Eight{bytes} << 16U) & 0x0000'ffff'0000'ffffU;
    const Eight pairs = (quads | quads << 8U) & 0x00ff'00ff'00ff'00ffU;
    const Eight digits = (pairs >> 4U | pairs << 8U) & each(0x0f);
    const Eight is_letter = (digits + each(16 - 10)) >> 4U & each(1);
    return digits + each('0') + is_letter * ('a' - '0' - 10);
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
    const std::uint64_t head =
        lowest_first(four_bytes(first) | std::uint64_t{four_bytes(second)} << 32U);
    const std::uint32_t tail = lowest_first(four_bytes(third));
    // Put straight where it is to lie, in the pieces in which it is read from there: a piece
    // that was written in smaller ones makes the processor wait.
    std::optional<Id> id(std::in_place);
    std::memcpy(id->bytes_.data(), &head, sizeof head);
    std::memcpy(id->bytes_.data() + sizeof head, &tail, sizeof tail);
    return id;
}

std::string Id::text() const {
    std::string text;
    append_to(text);
    return text;
}

std::array<char, Id::text_size> Id::characters() const {
    std::array<std::uint32_t, 3> parts{};
    std::memcpy(parts.data(), bytes_.data(), size);
    const std::array digits{lowest_first(eight_digits(lowest_first(parts[0]))),
                            lowest_first(eight_digits(lowest_first(parts[1]))),
                            lowest_first(eight_digits(lowest_first(parts[2])))};
    return std::bit_cast<std::array<char, text_size>>(digits);
}

void Id::append_to(std::string& text) const {
    const auto hex = characters();
    text.append(hex.data(), hex.size());
}

std::string to_string(const Id& id) {
    return id.text();
}

}  // namespace seqload
