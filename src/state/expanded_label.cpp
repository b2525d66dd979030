#include "seqload/state/expanded_label.hpp"

#include <algorithm>
#include <iterator>

namespace seqload::state {

const ExpandedLabel* label_holding(std::span<const ExpandedLabel> labels, RowNumber row) {
    const auto after = std::ranges::upper_bound(labels, row, {}, &ExpandedLabel::first);
    // One that nobody carries begins where the next does.
    for (auto label = std::make_reverse_iterator(after);
         label != std::make_reverse_iterator(labels.begin()); ++label) {
        if (label->holds(row))
            return &*label;
        if (label->contacts > 0)
            break;
    }
    return nullptr;
}

RowNumber input_row(std::span<const ExpandedLabel> labels, RowNumber row) {
    const ExpandedLabel* const label = label_holding(labels, row);
    return label == nullptr ? row : label->row;
}

}  // namespace seqload::state
