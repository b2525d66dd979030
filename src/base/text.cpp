#include "seqload/base/text.hpp"

#include <algorithm>

namespace seqload {

namespace {

char lowered(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Bytes of the UTF-8 character at the front of the text, which is not empty; 0 if
// there is none (RFC 3629, section 4).
std::size_t character_length(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return 0;
    }
    // Longer than need be, a surrogate, or beyond U+10FFFF.
    const auto second = byte(1);
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90))
        return 0;
    return length;
}

void append_escaped(std::string& text, unsigned char byte) {
    static constexpr std::string_view hex = "0123456789abcdef";
    text += {'\\', 'x', hex[byte >> 4U], hex[byte & 0xfU]};
}

// Of a character of two or three bytes.
std::uint32_t code_point_of(std::string_view character) {
    const auto bits = [&](std::size_t at, unsigned mask) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(character[at]) & mask);
    };
    return character.size() == 2 ? (bits(0, 0x1f) << 6U) | bits(1, 0x3f)
                                 : (bits(0, 0x0f) << 12U) | (bits(1, 0x3f) << 6U) | bits(2, 0x3f);
}

// What is not seen but turns the order of the letters around it, or ends a line: a text could
// pretend to be another one with it.
bool is_invisible_control(std::string_view character) {
    if (character.size() != 2 && character.size() != 3)
        return false;
    const std::uint32_t point = code_point_of(character);
    return point == 0x061c || point == 0x200e || point == 0x200f ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

// "\u202e".
void append_code_point(std::string& result, std::string_view character) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::uint32_t point = code_point_of(character);
    result += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        result += digits[(point >> shift) & 0xfU];
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char letter) { return lowered(letter); });
    return result;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) { return lowered(a) == lowered(b); });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t end = digits.size(); end > 3; end -= 3)
        digits.insert(end - 3, 1, ',');
    return digits;
}

std::string counted(std::uint64_t number, std::string_view singular) {
    return grouped(number) + ' ' + std::string(singular) + (number == 1 ? "" : "s");
}

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = character_length(text.substr(i));
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n') {
            result += "\\n";
        } else if (byte == '\t') {
            result += "\\t";
        } else if (byte == '\r') {
            result += "\\r";
        } else if (length == 0 || byte < 0x20 || byte == 0x7f) {
            append_escaped(result, byte);
        } else if (byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
            // C1 controls (U+0080 to U+009F) drive terminals as ESC does.
            append_escaped(result, static_cast<unsigned char>(text[i + 1]));
        } else if (is_invisible_control(text.substr(i, length))) {
            append_code_point(result, text.substr(i, length));
        } else {
            result += text.substr(i, length);
        }
        i += std::max<std::size_t>(length, 1);
    }
    return result;
}

}  // namespace seqload
