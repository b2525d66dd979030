#pragma once

// How much of a target goes into one request, as plan has to know it: numbers
// and functions, handed in by whoever knows what requests look like on the wire.

#include "seqload/model/target.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace seqload::plan {

// The functions always answer the same question in the same way, and may be
// called from any thread that uses the planner.
struct RequestShape {
    // How many contacts of this target one request takes, under the count and
    // the byte limit; at least 1. The same for all targets of the same terms
    // (TargetTable::terms): all ids are of one length. Asked once for them.
    std::function<std::uint32_t(const Target&)> contacts_per_request;

    // The labels of one request fit if their costs sum up to no more than the
    // room that the target leaves. Any unit will do that both share.
    std::function<std::size_t(const Target&)> label_room;
    std::function<std::size_t(std::string_view label)> label_cost;

    // --labels-per-request; at least 1.
    std::uint32_t labels_per_request = 1;
};

}  // namespace seqload::plan
