#include "seqload/model/id.hpp"

namespace seqload {

namespace {

constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digit_table() {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_digit);
    for (std::uint8_t i = 0; i < 10; ++i)
        table[static_cast<std::size_t>('0' + i)] = i;
    for (std::uint8_t i = 0; i < 6; ++i) {
        table[static_cast<std::size_t>('a' + i)] = static_cast<std::uint8_t>(10 + i);
        table[static_cast<std::size_t>('A' + i)] = static_cast<std::uint8_t>(10 + i);
    }
    return table;
}

constexpr auto digits = make_digit_table();

}  // namespace

std::optional<Id> Id::parse(std::string_view text) {
    if (text.size() != text_size)
        return std::nullopt;
    std::array<std::uint8_t, size> bytes{};
    unsigned seen = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const unsigned high = digits[static_cast<unsigned char>(text[2 * i])];
        const unsigned low = digits[static_cast<unsigned char>(text[2 * i + 1])];
        seen |= high | low;
        bytes[i] = static_cast<std::uint8_t>((high << 4 | low) & 0xffU);
    }
    if (seen > 0xf)
        return std::nullopt;
    return Id(bytes);
}

std::string Id::text() const {
    std::string text;
    append_to(text);
    return text;
}

void Id::append_to(std::string& text) const {
    static constexpr std::string_view hex = "0123456789abcdef";
    const auto start = text.size();
    text.resize(start + text_size);
    for (std::size_t i = 0; i < size; ++i) {
        text[start + 2 * i] = hex[bytes_[i] >> 4];
        text[start + 2 * i + 1] = hex[bytes_[i] & 0xfU];
    }
}

std::string to_string(const Id& id) {
    return id.text();
}

}  // namespace seqload
