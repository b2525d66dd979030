#pragma once

// Whom expanded labels reach, each with what became of it: the rows behind the input,
// told as contacts of their label rows, so that nobody is missing.

#include "seqload/base/error.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/report/reported_rows.hpp"
#include "seqload/report/row_files.hpp"
#include "seqload/state/expanded_label.hpp"

#include <memory>
#include <vector>

namespace seqload::app {

// labels: by row, at least one. rows: of their contacts alone (PlannedInput::
// open_member_reader), or why there are none: then the contacts are told without their
// ids. outcomes: of the plan, by row.
report::NextLabelContact member_contacts(std::vector<state::ExpandedLabel> labels,
                                         Result<std::unique_ptr<input::RowReader>> rows,
                                         report::NextOutcome outcomes);

}  // namespace seqload::app
