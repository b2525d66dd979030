#pragma once

// UTF-8 (RFC 3629), and telling it from what is not.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::input {

// Length of the longest beginning that is valid UTF-8: no overlong form, no
// surrogate, nothing beyond U+10FFFF.
std::size_t valid_utf8_prefix(std::string_view text);

// The text with U+FFFD for every NUL and for each maximal piece of bad UTF-8
// (The Unicode Standard, section 3.9).
struct MendedText {
    std::string text;
    bool had_bad_utf8 = false;
    bool had_nul = false;
};
void mend(std::string_view text, MendedText& mended);

// Which Unicode encoding other than UTF-8 a file begins in ("UTF-16, little
// endian"), told by its byte order mark or, without one, by the zeros of an
// ASCII character in it; nullopt if none.
std::optional<std::string_view> other_unicode_encoding(std::string_view beginning);

inline constexpr std::string_view utf8_byte_order_mark = "\xEF\xBB\xBF";

// At most that many bytes, cut at a code point's boundary.
std::string_view bounded(std::string_view text, std::size_t most_bytes);

}  // namespace seqload::input
