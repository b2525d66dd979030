#pragma once

// What stands between the quotes of a JSON string (RFC 8259, section 7; UTF-8 as
// in Unicode's table of well-formed sequences).

#include <optional>
#include <string>
#include <string_view>

namespace seqload::apollo {

// The next byte that is more than itself: a quote, a backslash, a control
// character, or a part of a longer character. end if there is none.
const char* plain_text_end(const char* at, const char* end);

// How many bytes the character takes that begins here; 0: that is no UTF-8.
std::size_t character_size(const char* at, const char* end);

// What the text means, its escapes resolved; nullopt: there is one that means
// nothing.
std::optional<std::string> unescaped(std::string_view text);

}  // namespace seqload::apollo
