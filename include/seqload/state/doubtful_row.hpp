#pragma once

// A settled row of which Apollo can be asked what really became of it.

#include "seqload/model/id.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"

namespace seqload::state {

struct DoubtfulRow {
    RowNumber row = 0;
    Id contact{};
    TargetIndex target = 0;
    RowStatus status = RowStatus::unconfirmed;  // as it is on record
    bool added_by_another_run = false;          // known from its answer: so not by this one

    bool operator==(const DoubtfulRow&) const = default;
};

}  // namespace seqload::state
