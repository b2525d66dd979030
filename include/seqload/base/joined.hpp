#pragma once

// Text put together from parts, for messages (this compiler has no std::format).

#include <cstddef>
#include <string>
#include <string_view>

namespace seqload {

// joined("line ", "7", ": ", name): every part is text.
template <class... Parts>
std::string joined(const Parts&... parts) {
    std::string text;
    text.reserve((std::size_t{0} + ... + std::string_view(parts).size()));
    (text.append(std::string_view(parts)), ...);
    return text;
}

}  // namespace seqload
