#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace seqload::input {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

unsigned char byte_at(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

// RFC 3629, section 4: how many bytes a character has that begins with this
// byte, and which second byte it allows. length 0: no character begins so.
struct Lead {
    std::size_t length;
    unsigned char second_from;
    unsigned char second_to;
};

constexpr Lead lead(unsigned char byte) {
    if (byte < 0x80)
        return {1, 0, 0};
    if (byte < 0xC2)
        return {0, 0, 0};
    if (byte < 0xE0)
        return {2, 0x80, 0xBF};
    if (byte == 0xE0)
        return {3, 0xA0, 0xBF};
    if (byte == 0xED)
        return {3, 0x80, 0x9F};
    if (byte < 0xF0)
        return {3, 0x80, 0xBF};
    if (byte == 0xF0)
        return {4, 0x90, 0xBF};
    if (byte < 0xF4)
        return {4, 0x80, 0xBF};
    if (byte == 0xF4)
        return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

// The bytes at the start of the text that belong together.
struct Piece {
    std::size_t length;
    bool is_character;
};

Piece first_piece(std::string_view text) {
    const Lead first = lead(byte_at(text, 0));
    if (first.length <= 1)
        return {1, first.length == 1};
    for (std::size_t index = 1; index < first.length; ++index) {
        const unsigned char from = index == 1 ? first.second_from : 0x80;
        const unsigned char to = index == 1 ? first.second_to : 0xBF;
        if (index == text.size() || byte_at(text, index) < from || byte_at(text, index) > to)
            return {index, false};
    }
    return {first.length, true};
}

std::size_t ascii_prefix(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t position = 0;
    for (; position + sizeof high_bits <= text.size(); position += sizeof high_bits) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + position, sizeof word);
        if ((word & high_bits) != 0)
            break;
    }
    while (position < text.size() && byte_at(text, position) < 0x80)
        ++position;
    return position;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t position = ascii_prefix(text);
    while (position < text.size()) {
        const Piece piece = first_piece(text.substr(position));
        if (!piece.is_character)
            break;
        position += piece.length;
        if (position < text.size() && byte_at(text, position) < 0x80)
            position += ascii_prefix(text.substr(position));
    }
    return position;
}

void mend(std::string_view text, MendedText& mended) {
    mended.text.clear();
    mended.had_bad_utf8 = false;
    mended.had_nul = false;
    while (!text.empty()) {
        const std::size_t good = std::min(valid_utf8_prefix(text), text.find('\0'));
        mended.text += text.substr(0, good);
        text.remove_prefix(good);
        if (text.empty())
            break;
        const bool is_nul = text.front() == '\0';
        (is_nul ? mended.had_nul : mended.had_bad_utf8) = true;
        mended.text += replacement;
        text.remove_prefix(first_piece(text).length);
    }
}

std::optional<std::string_view> other_unicode_encoding(std::string_view beginning) {
    using namespace std::string_view_literals;
    constexpr std::string_view little = "UTF-16, little endian";
    constexpr std::string_view big = "UTF-16, big endian";
    if (beginning.starts_with("\xFF\xFE\0\0"sv) || beginning.starts_with("\0\0\xFE\xFF"sv))
        return "UTF-32";
    if (beginning.starts_with("\xFF\xFE"))
        return little;
    if (beginning.starts_with("\xFE\xFF"))
        return big;
    if (beginning.size() < 2)
        return std::nullopt;
    if (beginning[0] == '\0' && beginning[1] != '\0')
        return big;
    if (beginning[0] != '\0' && beginning[1] == '\0')
        return beginning.substr(2).starts_with("\0\0"sv) ? "UTF-32"sv : little;
    return std::nullopt;
}

std::string_view bounded(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes)
        return text;
    std::size_t end = most_bytes;
    while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

}  // namespace seqload::input
