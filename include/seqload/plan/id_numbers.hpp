#pragma once

// Different ids, numbered from 0 in the order in which they came. At most 26 bytes
// each: the id itself, and slots of 4 bytes in a hash table with linear probing
// that says which number an id has.

#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace seqload::plan {

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

    std::size_t size() const { return ids_.size(); }

    // Memory held.
    std::size_t bytes() const;

private:
    std::size_t place_of(const Id& id) const;
    void grow();

    std::uint64_t seed_;
    std::vector<Id> ids_;               // by number
    std::vector<std::uint32_t> slots_;  // number + 1; 0: empty
};

}  // namespace seqload::plan
