#include "seqload/input/byte_masks.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace seqload::input {

namespace {

// A CR is plain where a LF follows.
std::uint64_t lone_returns(std::uint64_t returns, const char* text, std::uint64_t line_feeds) {
    if (returns == 0)
        return 0;
    const std::uint64_t followed =
        line_feeds >> 1U | (text[ByteMasks::width] == '\n' ? std::uint64_t{1} << 63U : 0);
    return returns & ~followed;
}

}  // namespace

ByteMasks masks_of_each(const char* text, char separator) {
    ByteMasks masks;
    std::uint64_t returns = 0;
    for (std::size_t index = 0; index < ByteMasks::width; ++index) {
        const auto bit = [index](bool is_set) { return std::uint64_t{is_set} << index; };
        const char character = text[index];
        masks.separators |= bit(character == separator);
        masks.line_feeds |= bit(character == '\n');
        returns |= bit(character == '\r');
        masks.odd |= bit(character == '"' || character == '\0');
        masks.beyond_ascii |= bit(static_cast<unsigned char>(character) >= 0x80);
    }
    masks.odd |= lone_returns(returns, text, masks.line_feeds);
    return masks;
}

#ifdef __SSE2__

ByteMasks masks_of(const char* text, char separator) {
    ByteMasks masks;
    std::uint64_t returns = 0;
    for (unsigned place = 0; place < ByteMasks::width; place += sizeof(__m128i)) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + place));
        const auto bits = [place](__m128i found) {
            return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found)))
                   << place;
        };
        const auto equal = [bytes](char character) {
            return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(character));
        };
        masks.separators |= bits(equal(separator));
        masks.line_feeds |= bits(equal('\n'));
        returns |= bits(equal('\r'));
        masks.odd |= bits(_mm_or_si128(equal('"'), equal('\0')));
        masks.beyond_ascii |= bits(bytes);  // the highest bit of each
    }
    masks.odd |= lone_returns(returns, text, masks.line_feeds);
    return masks;
}

#else

ByteMasks masks_of(const char* text, char separator) {
    return masks_of_each(text, separator);
}

#endif

}  // namespace seqload::input
