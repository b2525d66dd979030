#include "seqload/input/fingerprint.hpp"

#include <array>
#include <cstdio>

namespace seqload::input {

std::string to_text(const Fingerprint& fingerprint) {
    std::array<char, 33> text{};
    const auto high = static_cast<unsigned long long>(fingerprint.whole[0]);
    const auto low = static_cast<unsigned long long>(fingerprint.whole[1]);
    (void)std::snprintf(text.data(), text.size(), "%016llx%016llx", high, low);
    return text.data();
}

}  // namespace seqload::input
