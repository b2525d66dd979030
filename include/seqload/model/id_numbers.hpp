#pragma once

// Different ids, numbered from 0 in the order in which they came. At most 19 bytes
// each (and 48 KiB): the id itself, and its slot. The slot alone takes 7 of them, and 6 of
// a million: where the ids are to be kept within less, those that came last lie in a file.

#include "seqload/base/number_slots.hpp"
#include "seqload/base/spilling_array.hpp"
#include "seqload/model/id.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace seqload {

// Not safe to share between threads while it grows; const access is.
class IdNumbers {
    using Ids = SpillingArray<Id, std::size_t{1} << 12U>;

public:
    // seed: drawn at random, so that nobody can write a file of ids that all fall
    // on one place.
    explicit IdNumbers(std::uint64_t seed) : seed_(seed) {}

    // The number of this id, which is added if it is new. There may be
    // 4,294,967,295 of them; one more is std::length_error.
    std::uint32_t add(const Id& id);

    std::optional<std::uint32_t> find(const Id& id) const;

    // An id that will soon be added: begins to fetch what add() looks at, so that of several
    // not each waits for memory by itself.
    struct Foreseen {
        Id id;
        std::uint64_t hash;
    };
    Foreseen foresee(const Id& id) const;
    std::uint32_t add(const Foreseen& foreseen);

    // The id with that number.
    Id operator[](std::uint32_t number) const { return ids_[number]; }

    std::size_t size() const { return ids_.size(); }

    // Memory held.
    std::size_t bytes() const { return ids_.bytes() + slots_.bytes(); }

    // So many bytes its slots will take beyond those of now when so many more have been added.
    std::size_t bytes_to_come(std::size_t more) const { return slots_.bytes_to_come(more); }

    // From now on it holds no more than so many bytes, if a disk takes the ids: but always
    // the slots, and 100 KiB besides.
    void keep_within(std::size_t most_bytes) {
        ids_.keep_within(most_bytes - std::min(most_bytes, slots_.bytes()));
    }

private:
    std::uint64_t hash_of(const Id& id) const;
    std::optional<std::uint32_t> find(const Id& id, std::uint64_t hash) const;

    std::uint64_t seed_;
    Ids ids_;  // by number
    NumberSlots slots_;
};

}  // namespace seqload
