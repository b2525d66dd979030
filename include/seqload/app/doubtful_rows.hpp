#pragma once

// Rows of a stopped run that were sent, or may have been, and whose answer is
// not known: batches that the state still holds open in flight or in doubt. A
// report calls them `unconfirmed`, `answer_lost`; the state keeps them open, so
// that a resumed run can settle them. Pure.

#include "seqload/report/reported_rows.hpp"
#include "seqload/state/counts.hpp"
#include "seqload/state/outcome_cursor.hpp"
#include "seqload/state/store.hpp"

#include <limits>
#include <span>
#include <vector>

namespace seqload::app {

// By row. at: when the run stopped.
std::vector<state::RecordedOutcome> doubtful_rows(std::span<const state::OpenBatch> batches,
                                                  WallTime at);

// The recorded outcomes with the doubtful rows in their places.
report::NextOutcome with_doubtful_rows(report::NextOutcome recorded,
                                       std::vector<state::RecordedOutcome> doubtful);

// Counts them in, each for the target of its batch: the rows of the input, which end
// before that one. What becomes of label rows that were expanded is counted already.
void add_doubtful_rows(std::span<const state::OpenBatch> batches, state::Counts& counts,
                       RowNumber end_of_input = std::numeric_limits<RowNumber>::max());

}  // namespace seqload::app
