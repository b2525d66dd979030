#pragma once

// A label row that is not sent itself: whoever carries the label is a row of the
// plan, behind the rows of the input. What became of the label row follows from what
// became of them (model/label_fate.hpp), and is nowhere on record.

#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"

#include <cstdint>
#include <span>

namespace seqload::state {

struct ExpandedLabel {
    RowNumber row = 0;  // the label row's, in the input
    TargetIndex target = 0;
    RowNumber first = 0;         // the first row of its contacts
    std::uint32_t contacts = 0;  // how many there are; 0: nobody carries the label

    // Whether that row is one of its contacts.
    bool holds(RowNumber member) const { return member >= first && member - first < contacts; }

    bool operator==(const ExpandedLabel&) const = default;
};

// The label whose contact that row is; nullptr: it is none. labels: by row.
const ExpandedLabel* label_holding(std::span<const ExpandedLabel> labels, RowNumber row);

// The row of the input that a row of the plan belongs to: a contact's is its label's.
RowNumber input_row(std::span<const ExpandedLabel> labels, RowNumber row);

}  // namespace seqload::state
