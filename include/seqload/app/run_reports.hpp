#pragma once

// The report files of a load, made from what the state has on record and a fresh
// pass over the input: when a load ends, and whenever they are wanted again.

#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/base/error.hpp"
#include "seqload/report/row_files.hpp"
#include "seqload/report/row_problem.hpp"
#include "seqload/report/summary.hpp"
#include "seqload/state/store.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

// What became of the rows, those of open batches included as far as a report
// may say: sent, and the answer not known (doubtful_rows.hpp).
struct RunFates {
    state::Counts counts;
    std::vector<state::RecordedOutcome> doubtful;
    std::vector<state::ExpandedLabel> labels;  // that were expanded
};

// at: the time that doubtful rows are given. Error: local_fault.
Result<RunFates> fates_of(const state::Store& store, const state::RunId& run, WallTime at);

// The rows for a report: an input that may have been read before, or may be gone.
struct ReportInput {
    Result<std::unique_ptr<input::RowReader>> rows;
    const TargetTable& targets;
    std::vector<std::string> file_names;
    // The contacts of expanded labels; of no meaning where there are none.
    Result<std::unique_ptr<input::RowReader>> members = nullptr;
};

ReportInput report_input(PlannedInput& input);

struct RunReports {
    report::Summary summary;
    Result<report::RowFiles> files;  // or why they could not be written
    report::FirstProblems problems;  // among the rows that the files have
};

// Writes report.csv, attention.csv, label-contacts.csv, summary.json and report.html into the
// directory, and --junit where that says. run: with the ending that the summary is to
// show. Error: local_fault, when the state cannot be read or summary.json or the JUnit
// file cannot be written.
Result<RunReports> write_reports(const state::Store& store, const state::RunRecord& run,
                                 RunFates fates, ReportInput input, const LoadOptions& options,
                                 const std::filesystem::path& directory);

// The summary on standard output, as text or as JSON.
Result<> print_summary(const RunReports& reports, const LoadOptions& options, bool json);

}  // namespace seqload::app
