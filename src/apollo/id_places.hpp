#pragma once

// Which place of a list an id has. One block of memory, in which an id lies where its hash says or
// in the next free slot behind.

#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace seqload::apollo {

class IdPlaces {
public:
    struct Noted {
        std::size_t place = 0;
        bool is_new = false;
    };

    // The place on record for the id, or else this one, which is then on record.
    Noted note(const Id& id, std::size_t place);

    std::optional<std::size_t> find(const Id& id) const;
    bool contains(const Id& id) const { return find(id).has_value(); }

private:
    struct Slot {
        Id id;
        std::uint32_t place_and_one = 0;  // 0: free
    };

    std::size_t slot_of(const Id& id) const;
    void grow();

    std::vector<Slot> slots_;  // none, or a power of two of them, at most half of them taken
    std::size_t taken_ = 0;
};

}  // namespace seqload::apollo
