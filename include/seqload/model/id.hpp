#pragma once

// An Apollo id: a MongoDB ObjectId, written as 24 hex characters and held as
// the 12 bytes that it is.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace seqload {

class Id {
public:
    static constexpr std::size_t size = 12;
    static constexpr std::size_t text_size = 24;

    // All zero: no id.
    constexpr Id() = default;
    constexpr explicit Id(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}

    // Exactly 24 hex characters in either case; nullopt otherwise.
    static std::optional<Id> parse(std::string_view text);

    const std::array<std::uint8_t, size>& bytes() const { return bytes_; }

    // 24 lower-case hex characters.
    std::string text() const;
    std::array<char, text_size> characters() const;
    void append_to(std::string& text) const;

    auto operator<=>(const Id&) const = default;

private:
    std::array<std::uint8_t, size> bytes_{};
};

// Shown by the tests.
std::string to_string(const Id& id);

}  // namespace seqload

template <>
struct std::hash<seqload::Id> {
    std::size_t operator()(const seqload::Id& id) const noexcept {
        // The first bytes are a time and often shared; the last count up. Both are mixed in.
        std::uint64_t head = 0;
        std::uint32_t tail = 0;
        std::memcpy(&head, id.bytes().data(), sizeof head);
        std::memcpy(&tail, id.bytes().data() + sizeof head, sizeof tail);
        std::uint64_t mixed = (head ^ (std::uint64_t{tail} << 29)) * 0x9e3779b97f4a7c15U;
        mixed ^= mixed >> 32;
        mixed = (mixed ^ tail) * 0xd6e8feb86659fd93U;
        return mixed ^ (mixed >> 32);
    }
};
