#pragma once

// Every row of a run once, in the order of the input, with what became of it:
// a fresh pass over the input laid beside what the state has recorded. Whatever
// is shown of rows, in whatever form, is a walk over these.
//
// The state is the authority on what became of a row, the input only on what
// stands in it. A row without an outcome on record is not_attempted. Where the
// input cannot be read any more, its rows go on without their cells.

#include "seqload/base/error.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/state/outcome_cursor.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace seqload::report {

// state::OutcomeCursor::next, or whatever else gives outcomes in the order of
// the rows, each row at most once; valid until it is called again. nullptr: there are no more.
using NextOutcome = std::function<Result<const state::RecordedOutcome*>()>;

struct ReportedRow {
    RowNumber number = 0;
    const Row* row = nullptr;  // as read; nullptr: it cannot be read any more
    const state::RecordedOutcome* recorded = nullptr;  // always there

    const Outcome& outcome() const { return recorded->outcome; }
    RowStatus status() const { return outcome().status; }
};

// On one thread at a time.
class ReportedRows {
public:
    // rows: a reader before its first row, or why there is none. planned_rows:
    // how many rows the run has; nullopt if its first pass did not get to the end,
    // then it has as many as the reader gives or the outcomes name.
    ReportedRows(Result<std::unique_ptr<input::RowReader>> rows, NextOutcome next_outcome,
                 std::optional<std::uint64_t> planned_rows);

    // Goes on to the next row; false after the last. Error: the outcomes'.
    // Throws std::logic_error if these are not in the order of the rows.
    Result<bool> next();

    // The row that next() went to; valid until it is called again.
    const ReportedRow& current() const { return current_; }

    // The reader, whose cells() and raw() are the current row's if current().row
    // is there. nullptr: it could not be opened.
    const input::RowReader* reader() const { return reader_.get(); }

    // Why rows are without their cells, as far as the walk has come.
    const std::optional<Error>& input_trouble() const { return input_trouble_; }

private:
    bool read_row();
    Result<void> fetch_outcome();
    bool is_row_left() const;

    std::unique_ptr<input::RowReader> reader_;
    bool reading_;
    std::optional<Error> input_trouble_;
    NextOutcome next_outcome_;
    std::optional<std::uint64_t> planned_rows_;

    bool fetched_ = false;                             // waiting_ is not the current row's yet
    const state::RecordedOutcome* waiting_ = nullptr;  // the next outcome on record
    state::RecordedOutcome unattempted_{};             // of a row that has none there
    Row row_;
    ReportedRow current_;
};

}  // namespace seqload::report
