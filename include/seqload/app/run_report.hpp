#pragma once

// The reports of a load that is on record, written again.

#include "seqload/app/chosen_run.hpp"
#include "seqload/app/run_reports.hpp"
#include "seqload/base/error.hpp"

#include <filesystem>

namespace seqload::app {

// Into the directory. An input that changed or is gone is no error: its rows are
// reported without the input's cells, and the reports say so.
// Error: local_fault, when the state cannot be read or nothing be written.
Result<RunReports> report_again(const state::Store& store, const state::RunRecord& run,
                                const LoadOptions& options, const std::filesystem::path& directory);

}  // namespace seqload::app
