#pragma once

// Different ids, numbered from 0 in the order in which they came. At most 19 bytes
// each (and 48 KiB): the id itself, and its slot.

#include "seqload/base/block_array.hpp"
#include "seqload/base/number_slots.hpp"
#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace seqload {

// Not safe to share between threads while it grows; const access is.
class IdNumbers {
public:
    // seed: drawn at random, so that nobody can write a file of ids that all fall
    // on one place.
    explicit IdNumbers(std::uint64_t seed) : seed_(seed) {}

    // The number of this id, which is added if it is new. There may be
    // 4,294,967,295 of them; one more is std::length_error.
    std::uint32_t add(const Id& id);

    std::optional<std::uint32_t> find(const Id& id) const;

    // The id with that number.
    const Id& operator[](std::uint32_t number) const { return ids_[number]; }

    std::size_t size() const { return ids_.size(); }

    // Memory held.
    std::size_t bytes() const { return ids_.bytes() + slots_.bytes(); }

private:
    std::uint64_t hash_of(const Id& id) const;
    std::optional<std::uint32_t> find(const Id& id, std::uint64_t hash) const;

    std::uint64_t seed_;
    BlockArray<Id> ids_;  // by number
    NumberSlots slots_;
};

}  // namespace seqload
