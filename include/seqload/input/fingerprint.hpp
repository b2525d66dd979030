#pragma once

// What an input file was made of when it was first read to its end, so that a
// later pass can tell at once that it is not the same any more.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::input {

// Raw bytes, before any unpacking. The digests are XXH3 (xxhash.h): they find
// changes, they do not stand against forgery.
struct Fingerprint {
    static constexpr std::size_t block_size = std::size_t{1} << 20U;

    bool complete = false;                 // a pass has read the file to its end
    std::uint64_t size = 0;                // bytes; meaningful when complete
    std::array<std::uint64_t, 2> whole{};  // XXH3-128 of all bytes: high, low; when complete
    std::vector<std::uint64_t> blocks;     // XXH3-64 of each MiB read so far; the last may be short

    bool operator==(const Fingerprint&) const = default;
};

// The digest of the whole as 32 hex characters, for summaries and logs.
std::string to_text(const Fingerprint& fingerprint);

// Both halves of the whole again from what to_text made; nullopt for any other text.
std::optional<std::array<std::uint64_t, 2>> parse_whole(std::string_view text);

}  // namespace seqload::input
