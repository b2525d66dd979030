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
    // from_chars would take capitals as well, which to_text never writes.
    if (text.size() != 2 * half ||
        text.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return std::nullopt;
    std::array<std::uint64_t, 2> whole{};
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const char* const begin = text.data() + i * half;
        (void)std::from_chars(begin, begin + half, whole[i], 16);
    }
    return whole;
}

}  // namespace seqload::input
