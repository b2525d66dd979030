#pragma once

// Different texts, numbered from 0 in the order in which they came. Each takes its own
// length and at most 19 bytes (and 128 KiB in all).

#include "seqload/base/block_array.hpp"
#include "seqload/base/number_slots.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload {

// Not safe to share between threads while it grows; const access is.
class TextNumbers {
public:
    // seed: drawn at random, so that nobody can write a file of texts that all fall
    // on one place.
    explicit TextNumbers(std::uint64_t seed) : seed_(seed) {}

    // The number of this text, which is added if it is new. There may be
    // 4,294,967,295 of them; one more is std::length_error.
    std::uint32_t add(std::string_view text);

    // The text with that number. Valid until one is added.
    std::string_view operator[](std::uint32_t number) const;

    std::size_t size() const { return places_.size(); }

    // Memory held.
    std::size_t bytes() const;

private:
    struct Place {
        std::uint32_t page;
        std::uint32_t begin;
        std::uint32_t size;
    };

    std::uint64_t hash_of(std::string_view text) const;
    std::string& page_with_room(std::size_t size);

    std::uint64_t seed_;
    BlockArray<Place> places_;  // by number
    std::vector<std::string> pages_;
    NumberSlots slots_;
};

}  // namespace seqload
