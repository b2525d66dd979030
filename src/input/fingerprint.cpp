#include "seqload/input/fingerprint.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace seqload::input {

std::string to_text(const Fingerprint& fingerprint) {
    std::array<char, 33> text{};
    const auto high = static_cast<unsigned long long>(fingerprint.whole[0]);
    const auto low = static_cast<unsigned long long>(fingerprint.whole[1]);
    (void)std::snprintf(text.data(), text.size(), "%016llx%016llx", high, low);
    return text.data();
}

std::optional<std::array<std::uint64_t, 2>> parse_whole(std::string_view text) {
    constexpr std::size_t half = 16;
    if (text.size() != 2 * half)
        return std::nullopt;
    std::array<std::uint64_t, 2> whole{};
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const char* const begin = text.data() + i * half;
        const auto [end, error] = std::from_chars(begin, begin + half, whole[i], 16);
        if (error != std::errc() || end != begin + half)
            return std::nullopt;
    }
    return whole;
}

}  // namespace seqload::input
