#include "seqload/model/stand_in.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace seqload {

namespace {

constexpr std::size_t moment_size = 4;
constexpr std::uint8_t last_moment = 0xFF;  // in each of the bytes

}  // namespace

Id stand_in(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    std::fill_n(bytes.begin(), moment_size, last_moment);
    for (std::size_t place = Id::size; place-- > moment_size; number >>= 8U)
        bytes[place] = static_cast<std::uint8_t>(number & 0xFFU);
    return Id(bytes);
}

bool is_stand_in(const Id& id) {
    return std::all_of(id.bytes().begin(), id.bytes().begin() + moment_size,
                       [](std::uint8_t byte) { return byte == last_moment; });
}

}  // namespace seqload
