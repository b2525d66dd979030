#include "seqload/apollo/json_string.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace seqload::apollo {

namespace {

constexpr std::uint64_t in_each_byte(std::uint8_t byte) {
    return 0x0101010101010101U * byte;
}

// The highest bit of each byte that is a quote, a backslash, a control character or not ASCII.
// Above the lowest of these there may be more bits than that, for what was borrowed.
std::uint64_t special_bytes(std::uint64_t word) {
    const std::uint64_t quote = (word ^ in_each_byte('"')) - in_each_byte(1);
    const std::uint64_t backslash = (word ^ in_each_byte('\\')) - in_each_byte(1);
    const std::uint64_t control = word - in_each_byte(0x20);
    return (quote | backslash | control | word) & in_each_byte(0x80);
}

bool is_special(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte >= 0x80 || character == '"' || character == '\\';
}

// What may follow the first byte of a character: how many bytes, and between
// which bounds the first of them is.
struct Continuation {
    std::size_t bytes = 0;
    std::uint8_t lowest = 0x80;
    std::uint8_t highest = 0xbf;
};

Continuation continuation_of(std::uint8_t first) {
    if (first < 0xc2 || first > 0xf4)
        return {};
    if (first < 0xe0)
        return {.bytes = 1};
    if (first < 0xf0)
        return {.bytes = 2,
                .lowest = first == 0xe0 ? std::uint8_t{0xa0} : std::uint8_t{0x80},
                .highest = first == 0xed ? std::uint8_t{0x9f} : std::uint8_t{0xbf}};
    return {.bytes = 3,
            .lowest = first == 0xf0 ? std::uint8_t{0x90} : std::uint8_t{0x80},
            .highest = first == 0xf4 ? std::uint8_t{0x8f} : std::uint8_t{0xbf}};
}

void append_character(std::string& text, std::uint32_t code) {
    const auto append = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        append(code);
    } else if (code < 0x800) {
        append(0xc0U | code >> 6U);
        append(0x80U | (code & 0x3fU));
    } else if (code < 0x10000) {
        append(0xe0U | code >> 12U);
        append(0x80U | (code >> 6U & 0x3fU));
        append(0x80U | (code & 0x3fU));
    } else {
        append(0xf0U | code >> 18U);
        append(0x80U | (code >> 12U & 0x3fU));
        append(0x80U | (code >> 6U & 0x3fU));
        append(0x80U | (code & 0x3fU));
    }
}

// The four digits of "\u1234", taken off the text.
std::optional<std::uint32_t> take_code_unit(std::string_view& text) {
    constexpr std::size_t size = 6;
    if (text.size() < size || !text.starts_with("\\u"))
        return std::nullopt;
    std::uint32_t unit = 0;
    const char* const end = text.data() + size;
    const auto read = std::from_chars(text.data() + 2, end, unit, 16);
    if (read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    text.remove_prefix(size);
    return unit;
}

// "\u1234", or the two of a pair for what is beyond U+FFFF.
std::optional<std::uint32_t> take_code(std::string_view& text) {
    const auto unit = take_code_unit(text);
    if (!unit || (*unit & 0xfc00U) == 0xdc00U)
        return std::nullopt;
    if ((*unit & 0xfc00U) != 0xd800U)
        return unit;
    const auto other = take_code_unit(text);
    if (!other || (*other & 0xfc00U) != 0xdc00U)
        return std::nullopt;
    return 0x10000U + ((*unit & 0x3ffU) << 10U | (*other & 0x3ffU));
}

// The character for the one that follows a backslash; 0: none.
char short_escape(char letter) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t place = letters.find(letter);
    return place == std::string_view::npos ? '\0' : meanings[place];
}

}  // namespace

const char* plain_text_end(const char* at, const char* end) {
    if constexpr (std::endian::native == std::endian::little) {
        std::uint64_t word = 0;
        while (end - at >= static_cast<std::ptrdiff_t>(sizeof word)) {
            std::memcpy(&word, at, sizeof word);
            if (const std::uint64_t special = special_bytes(word); special != 0)
                return at + std::countr_zero(special) / 8;
            at += sizeof word;
        }
    }
    while (at != end && !is_special(*at))
        ++at;
    return at;
}

std::size_t character_size(const char* at, const char* end) {
    const auto byte = [at](std::size_t place) { return static_cast<std::uint8_t>(at[place]); };
    if (at == end || byte(0) < 0x80)
        return at == end ? 0 : 1;
    const Continuation more = continuation_of(byte(0));
    if (more.bytes == 0 || static_cast<std::size_t>(end - at) <= more.bytes ||
        byte(1) < more.lowest || byte(1) > more.highest)
        return 0;
    for (std::size_t place = 2; place <= more.bytes; ++place) {
        if ((byte(place) & 0xc0U) != 0x80U)
            return 0;
    }
    return 1 + more.bytes;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string meant;
    meant.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('\\'), text.size());
        meant += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.starts_with("\\u")) {
            const auto code = take_code(text);
            if (!code)
                return std::nullopt;
            append_character(meant, *code);
        } else if (!text.empty()) {
            const char character = text.size() > 1 ? short_escape(text[1]) : '\0';
            if (character == '\0')
                return std::nullopt;
            meant += character;
            text.remove_prefix(2);
        }
    }
    return meant;
}

}  // namespace seqload::apollo
