#include "seqload/input/target_keys.hpp"

#include <algorithm>
#include <utility>

// Compiled in: for cells of a few bytes a call would cost as much as the hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace seqload::input {

namespace {

// Behind each cell of a text; no cell holds it, for it is never part of UTF-8.
constexpr char cell_end = '\xFF';

constexpr std::size_t first_slots = 1024;                       // a power of two, and so it stays
constexpr std::size_t most_text_bytes = std::size_t{4} << 10U;  // of one
constexpr std::size_t most_bytes_of_texts = std::size_t{8} << 20U;  // of all

}  // namespace

TargetKeys::TargetKeys(std::vector<std::uint32_t> places, std::uint64_t seed)
    : places_(std::move(places)), seed_(seed), slots_(first_slots) {}

TargetKey TargetKeys::find(std::span<const std::string_view> cells) {
    const std::uint64_t hash = hash_of(cells);
    for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
        const std::uint32_t number = slots_[slot] - 1;
        if (known_[number].hash == hash && is_text_of(known_[number], cells))
            return {number, false};
    }
    std::size_t text_size = 0;
    for (const std::uint32_t index : places_)
        text_size += cells[index].size() + 1;
    if (text_size > most_text_bytes)
        return {};
    if (!has_room(text_size))
        forget();
    known_.push_back({hash, static_cast<std::uint32_t>(texts_.size())});
    for (const std::uint32_t index : places_) {
        texts_ += cells[index];
        texts_ += cell_end;
    }
    if (known_.size() * 2 > slots_.size())
        grow();
    else
        empty_slot(hash) = static_cast<std::uint32_t>(known_.size());
    return {static_cast<std::uint32_t>(known_.size() - 1), true};
}

std::uint64_t TargetKeys::hash_of(std::span<const std::string_view> cells) const {
    std::uint64_t hash = seed_;
    for (const std::uint32_t index : places_)
        hash = XXH3_64bits_withSeed(cells[index].data(), cells[index].size(), hash);
    return hash;
}

bool TargetKeys::is_text_of(const Known& known, std::span<const std::string_view> cells) const {
    std::string_view text = std::string_view(texts_).substr(known.begin);
    for (const std::uint32_t index : places_) {
        const std::string_view cell = cells[index];
        if (text.size() <= cell.size() || text[cell.size()] != cell_end || !text.starts_with(cell))
            return false;
        text.remove_prefix(cell.size() + 1);
    }
    return true;
}

bool TargetKeys::has_room(std::size_t text_size) const {
    return known_.size() < most && texts_.size() + text_size <= most_bytes_of_texts;
}

void TargetKeys::forget() {
    known_.clear();
    texts_.clear();
    std::ranges::fill(slots_, 0U);
}

// Twice as many slots. There are always two for each key, so that chains stay short.
void TargetKeys::grow() {
    slots_ = std::vector<std::uint32_t>(slots_.size() * 2);
    std::uint32_t number = 0;
    for (const Known& known : known_)
        empty_slot(known.hash) = ++number;
}

std::uint32_t& TargetKeys::empty_slot(std::uint64_t hash) {
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0)
        slot = (slot + 1) & (slots_.size() - 1);
    return slots_[slot];
}

std::size_t TargetKeys::bytes() const {
    return known_.capacity() * sizeof(Known) + slots_.capacity() * sizeof slots_.front() +
           texts_.capacity();
}

}  // namespace seqload::input
