#pragma once

// Numbers and ids as they stand in blobs: big-endian, without gaps.

#include "seqload/model/id.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace seqload::state {

template <std::unsigned_integral Number>
void append_number(std::string& bytes, Number number) {
    for (std::size_t shift = 8 * sizeof number; shift > 0; shift -= 8)
        bytes += static_cast<char>(number >> (shift - 8) & 0xffU);
}

// The bytes must hold a whole number at that place.
template <std::unsigned_integral Number>
Number number_at(std::string_view bytes, std::size_t offset) {
    Number number = 0;
    for (const char byte : bytes.substr(offset, sizeof number))
        number = static_cast<Number>(number << 8U | static_cast<std::uint8_t>(byte));
    return number;
}

inline void append_id(std::string& bytes, const Id& id) {
    for (const std::uint8_t byte : id.bytes())
        bytes += static_cast<char>(byte);
}

inline std::string bytes_of(const Id& id) {
    std::string bytes;
    bytes.reserve(Id::size);
    append_id(bytes, id);
    return bytes;
}

// The bytes must hold a whole id at that place.
inline Id id_at(std::string_view bytes, std::size_t offset) {
    std::array<std::uint8_t, Id::size> id{};
    std::ranges::transform(bytes.substr(offset, Id::size), id.begin(),
                           [](char byte) { return static_cast<std::uint8_t>(byte); });
    return Id(id);
}

}  // namespace seqload::state
