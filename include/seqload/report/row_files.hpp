#pragma once

// report.csv, attention.csv and label-contacts.csv (spec.md, "Reports"), made
// in one pass over the input. Every file is written whole and then renamed, and
// all are complete before the first one is.

#include "seqload/base/error.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/report/reported_rows.hpp"
#include "seqload/state/counts.hpp"
#include "seqload/state/label_contact_cursor.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace seqload::report {

struct ReportOptions {
    std::filesystem::path directory;  // made, with those above it, if it is not there
    bool passthrough = true;          // false: report.csv without the input's other columns

    // Free text (the input's cells, a server's words) that a spreadsheet would
    // run gets an apostrophe in front. That goes for attention.csv, too: a label
    // that begins with = + - or @ must be freed of it before it is loaded again.
    bool spreadsheet_safe = false;

    bool fail_on_skipped = false;  // skipped rows need a person, too
};

// One person whom a label reached, and what became of that.
struct ReachedContact {
    RowNumber row = 0;
    std::optional<Id> contact;  // nullopt: who it was cannot be read any more
    RowStatus status = RowStatus::not_attempted;
    std::string reason;

    bool operator==(const ReachedContact&) const = default;
};

// Whoever labels reached, in the order of the rows. nullopt: there are no more.
using NextLabelContact = std::function<Result<std::optional<ReachedContact>>()>;

// Those that a state has on record, for label rows that went out as such.
NextLabelContact reached_on_record(state::LabelContactCursor cursor);

// What the files are made of. For a run `id` in a store:
//     auto outcomes = store.outcomes(id);              // Result: look first
//     sources.next_outcome = [&] { return outcomes->next(); };
struct RowSources {
    // A fresh pass, before its first row, or why there is none.
    Result<std::unique_ptr<input::RowReader>> rows;
    const TargetTable& targets;           // the table that this pass fills
    std::vector<std::string> file_names;  // as shown to people, by their index
    NextOutcome next_outcome;
    NextLabelContact next_label_contact;
    std::optional<std::uint64_t> planned_rows;  // see ReportedRows
    // Told of each row in the same walk, in order.
    std::vector<std::function<void(const ReportedRow&)>> observers{};
};

// What was written.
struct RowFiles {
    std::filesystem::path report;
    std::filesystem::path attention;
    std::optional<std::filesystem::path> label_contacts;  // only where labels were loaded
    std::optional<std::filesystem::path> page{};  // report.html, once it is written beside them

    state::StatusCounts rows;              // as report.csv has them, not_attempted included
    std::uint64_t attention_rows = 0;      // as attention.csv has them
    std::uint64_t rows_without_cells = 0;  // known to the state, but not readable any more
    std::optional<Error> input_trouble;    // why they are not
};

// A row whose input changed, vanished or cannot be read any more is reported
// with its number and its outcome, the cells empty; in attention.csv the number
// then stands in result_detail. That is no error.
// Errors: local_fault where a file cannot be written or the state cannot be read;
// none of the files has been touched then, unless it is the renaming that failed.
Result<RowFiles> write_row_files(RowSources sources, const ReportOptions& options);

}  // namespace seqload::report
