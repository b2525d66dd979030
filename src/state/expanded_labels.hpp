#pragma once

// The table of label rows that were expanded, and what became of them.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/expanded_label.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// The first row of the run that is none of its input; behind all rows, if it has none.
std::uint64_t read_end_of_input(SQLite::Database& database, std::int64_t run);

// Error: they are not in order, or labels of the run were expanded before.
Result<void> write_expanded_labels(SQLite::Database& database, const std::string& file,
                                   std::int64_t run, std::span<const ExpandedLabel> labels,
                                   WallTime read_at);

// By row.
std::vector<ExpandedLabel> read_expanded_labels(SQLite::Database& database, std::int64_t run);

struct LabelFate {
    TargetIndex target = 0;
    Outcome outcome;      // not_attempted, too
    WallTime settled_at;  // when the last of its contacts was, or else the label was read
};

// What became of each, by row. A contact in a batch that may have been carried out is
// unconfirmed, answer_lost. Error: damage.
Result<std::vector<LabelFate>> read_label_fates(SQLite::Database& database, const std::string& file,
                                                std::int64_t run);

}  // namespace seqload::state
