#pragma once

// Numbers and ids as they stand in blobs: big-endian, without gaps.

#include "seqload/model/id.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace seqload::state {

template <std::unsigned_integral Number>
void append_number(std::string& bytes, Number number) {
    std::array<char, sizeof number> digits{};
    for (std::size_t i = digits.size(); i > 0; number = static_cast<Number>(number >> 8U))
        digits[--i] = static_cast<char>(number & 0xffU);
    bytes.append(digits.data(), digits.size());
}

// The bytes must hold a whole number at that place.
template <std::unsigned_integral Number>
Number number_at(std::string_view bytes, std::size_t offset) {
    Number number = 0;
    for (const char byte : bytes.substr(offset, sizeof number))
        number = static_cast<Number>(number << 8U | static_cast<std::uint8_t>(byte));
    return number;
}

// They are the id's own.
inline std::string_view bytes_of(const Id& id) {
    const void* const bytes = id.bytes().data();
    return {static_cast<const char*>(bytes), Id::size};
}

inline void append_id(std::string& bytes, const Id& id) {
    bytes.append(bytes_of(id));
}

// The bytes must hold a whole id at that place.
inline Id id_at(std::string_view bytes, std::size_t offset) {
    std::array<std::uint8_t, Id::size> id{};
    std::memcpy(id.data(), bytes.substr(offset, Id::size).data(), Id::size);
    return Id(id);
}

}  // namespace seqload::state
