#pragma once

// Which of the things numbered 0, 1, 2 … is the one that is looked for: a hash table
// of 4 bytes a slot that holds nothing but numbers, with linear probing. The things
// themselves lie with the caller, who hashes and compares them; and hardly ever a
// wrong one is asked about, because the bits of a slot that numbers do not need yet
// hold a piece of the hash.
//
// It grows by half when it is seven eighths full, and by a quarter when it is large; the old
// slots go first: never more than 7 bytes for each number (and 256 in all), at any moment,
// and 5.8 of a million and more.

#include "seqload/base/large_pages.hpp"
#include "seqload/base/seeded_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace seqload {

// Not safe to share between threads while it grows; const access is.
class NumberSlots {
public:
    // is(number): whether that one is looked for. Asked about few that are not, all
    // of them added before.
    template <typename Is>
    std::optional<std::uint32_t> find(std::uint64_t hash, const Is& is) const {
        if (slots_.empty())
            return std::nullopt;
        const std::uint32_t piece = piece_of(hash);
        for (std::size_t place = place_for(hash, slots_.size()); slots_[place] != 0;
             place = after(place)) {
            const std::uint32_t slot = slots_[place];
            if ((slot & ~mask_) == piece && is((slot & mask_) - 1))
                return (slot & mask_) - 1;
        }
        return std::nullopt;
    }

    // The next number, size(), is that of a thing with this hash, which was not found.
    // hash_of(number): the hash of an earlier one; asked about in order. What it throws, or
    // want of memory, leaves nothing that can be used. There may be
    // 4,294,967,295; one more is std::length_error.
    template <typename HashOf>
    void add(std::uint64_t hash, HashOf&& hash_of) {
        if (used_ == std::numeric_limits<std::uint32_t>::max())
            throw std::length_error("there are more things than numbers for them");
        if (used_ == most(slots_.size()))
            grow(hash_of);
        put(hash, ++used_);
    }

    // A hint that find() or add() will soon be called with this hash.
    void prefetch(std::uint64_t hash) const {
        if (!slots_.empty())
            __builtin_prefetch(&slots_[place_for(hash, slots_.size())]);
    }

    std::uint32_t size() const { return used_; }

    // So many bytes it will hold beyond those of now when so many more have been added.
    std::size_t bytes_to_come(std::size_t more) const {
        std::size_t slots = slots_.size();
        while (most(slots) < used_ + more)
            slots = grown(slots);
        return (slots - slots_.size()) * sizeof slots_.front();
    }

    // Memory held.
    std::size_t bytes() const { return slots_.capacity() * sizeof slots_.front(); }

private:
    using Slots = std::vector<std::uint32_t, LargePages<std::uint32_t>>;

    static constexpr std::size_t first_slots = 32;
    static constexpr std::size_t large = std::size_t{1} << 20U;
    static constexpr std::size_t at_once = 16;

    static std::size_t most(std::size_t slots) { return slots - slots / 8; }
    static std::size_t grown(std::size_t slots) {
        return std::max(first_slots, slots + slots / (slots < large ? 2 : 4));
    }

    std::uint32_t piece_of(std::uint64_t hash) const {
        return static_cast<std::uint32_t>((hash >> 32U) << number_bits_);
    }
    std::size_t after(std::size_t place) const {
        return place + 1 == slots_.size() ? 0 : place + 1;
    }

    void put(std::uint64_t hash, std::uint32_t number_and_one) {
        std::size_t place = place_for(hash, slots_.size());
        while (slots_[place] != 0)
            place = after(place);
        slots_[place] = piece_of(hash) | number_and_one;
    }

    // Slots that lie anywhere are fetched some at a time.
    template <typename HashOf>
    void grow(HashOf& hash_of) {
        const std::size_t slots = grown(slots_.size());
        Slots().swap(slots_);  // first: clearing them would keep their memory
        slots_.resize(slots);
        number_bits_ = std::min(static_cast<unsigned>(std::bit_width(most(slots))), 32U);
        mask_ = static_cast<std::uint32_t>((std::uint64_t{1} << number_bits_) - 1);
        std::array<std::uint64_t, at_once> hashes{};
        for (std::uint32_t first = 0; first < used_;) {
            const auto count = std::min<std::uint32_t>(at_once, used_ - first);
            for (std::uint32_t i = 0; i < count; ++i) {
                hashes[i] = hash_of(first + i);
                prefetch(hashes[i]);
            }
            for (std::uint32_t i = 0; i < count; ++i)
                put(hashes[i], ++first);
        }
    }

    Slots slots_;  // number + 1; 0: empty
    std::uint32_t used_ = 0;
    std::uint32_t mask_ = 0;
    unsigned number_bits_ = 0;  // the lower bits of a slot; the others hold a piece of the hash
};

}  // namespace seqload
