#pragma once

// What a record says, in numbers: found out on the thread that cuts records, so that
// whoever judges rows need not look at the text of a good one.

#include "seqload/input/target_keys.hpp"
#include "seqload/model/id.hpp"

#include <cstdint>

namespace seqload::input {

struct RowOutline {
    enum class Kind : std::uint8_t {
        other,    // nothing is known: its cells must be looked at
        contact,  // it is whole and names this contact, no label
        label,    // it is whole and names a label, no contact
    };

    Id contact;
    TargetKey target;
    Kind kind = Kind::other;
};

}  // namespace seqload::input
