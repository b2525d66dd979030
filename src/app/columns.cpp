#include "seqload/app/columns.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace seqload::app {

namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// What is set on, or joined to, the letter before it (Unicode's categories Mn, Me and Cf).
constexpr std::array<Range, 26> of_no_width{{
    {0x0300, 0x036F},   {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0670, 0x0670},   {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x094D, 0x094D},   {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},   {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
    {0x302A, 0x302D},   {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
    {0xE0100, 0xE01EF},
}};

// East Asian letters and what is shown as a picture.
constexpr std::array<Range, 24> of_two_columns{{
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},
    {0x2705, 0x2705},   {0x274C, 0x274C},   {0x2753, 0x2757},   {0x2E80, 0x303E},
    {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
}};

template <std::size_t Count>
bool has(const std::array<Range, Count>& ranges, std::uint32_t letter) {
    const auto* const range = std::ranges::lower_bound(ranges, letter, {}, &Range::last);
    return range != ranges.end() && range->first <= letter;
}

std::size_t columns_of_letter(std::uint32_t letter) {
    if (has(of_no_width, letter))
        return 0;
    return has(of_two_columns, letter) ? 2 : 1;
}

struct Letter {
    std::size_t bytes = 1;
    std::size_t columns = 1;
};

// The one that the text begins with.
Letter first_letter(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0xC0U)
        return {};
    const std::size_t bytes = lead >= 0xF0U ? 4 : (lead >= 0xE0U ? 3 : 2);
    if (text.size() < bytes)
        return {};
    std::uint32_t letter = lead & (0xFFU >> (bytes + 1));
    for (std::size_t at = 1; at < bytes; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U)
            return {};
        letter = letter << 6U | (byte(at) & 0x3FU);
    }
    return {bytes, columns_of_letter(letter)};
}

// How many bytes of it are no wider than that.
std::size_t bytes_within(std::string_view text, std::size_t columns) {
    std::size_t bytes = 0;
    for (std::size_t taken = 0; bytes < text.size();) {
        const Letter letter = first_letter(text.substr(bytes));
        taken += letter.columns;
        if (taken > columns)
            break;
        bytes += letter.bytes;
    }
    return bytes;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        columns += letter.columns;
        text.remove_prefix(letter.bytes);
    }
    return columns;
}

std::string cut(std::string_view text, std::size_t columns) {
    if (columns == 0)
        return "";
    if (bytes_within(text, columns) == text.size())
        return std::string(text);
    return std::string(text.substr(0, bytes_within(text, columns - 1))) + "…";
}

}  // namespace seqload::app
