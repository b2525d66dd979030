#pragma once

// A request's labels while it is being filled, in the order of rows: one goes in
// if it still fits, else the next request begins with it. No other way to cut the
// same order into requests needs fewer of them.

#include <cstddef>
#include <cstdint>

namespace seqload::plan {

struct LabelFill {
    std::uint32_t count = 0;
    std::size_t cost = 0;

    // A label that fits alone always goes into an empty request.
    bool takes(std::size_t label_cost, std::size_t room, std::uint32_t labels_per_request) const {
        return count < labels_per_request && label_cost <= room - cost;
    }

    void add(std::size_t label_cost) {
        ++count;
        cost += label_cost;
    }

    bool operator==(const LabelFill&) const = default;
};

}  // namespace seqload::plan
