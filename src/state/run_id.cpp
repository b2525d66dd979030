#include "seqload/state/run_id.hpp"

#include "seqload/base/timestamp.hpp"

#include <algorithm>
#include <cstddef>

namespace seqload::state {

namespace {

// Without i, l, o and u, which are misread or misheard: 32 characters, 5 bits each.
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view digits = "0123456789";
constexpr std::size_t letter_count = 4;
constexpr std::string_view shape = "dddddddd-dddddd-llll";

}  // namespace

RunId make_run_id(WallTime started_at, std::uint64_t drawn) {
    const std::string time = to_text(started_at);  // 2026-11-23T21:36:22.123Z
    RunId id = time.substr(0, 4) + time.substr(5, 2) + time.substr(8, 2) + '-' +
               time.substr(11, 2) + time.substr(14, 2) + time.substr(17, 2) + '-';
    for (std::size_t i = 0; i < letter_count; ++i) {
        id += letters[drawn % letters.size()];
        drawn /= letters.size();
    }
    return id;
}

bool looks_like_run_id(std::string_view text) {
    return std::ranges::equal(text, shape, [](char character, char expected) {
        if (expected == 'd')
            return digits.contains(character);
        return expected == 'l' ? letters.contains(character) : character == expected;
    });
}

}  // namespace seqload::state
