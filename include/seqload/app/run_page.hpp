#pragma once

// report.html of a load, from what the state has on record.

#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/report/row_problem.hpp"
#include "seqload/report/summary.hpp"
#include "seqload/state/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace seqload::app {

struct PageParts {
    const state::Store& store;
    const state::RunRecord& run;
    const state::RecordedPlan* plan;  // nullptr: the first pass did not get to its end
    const state::Counts& counts;
    const report::Summary& summary;
    const report::FirstProblems& problems;
    const std::vector<std::string>& file_names;  // by their index, as the problems know them
    const LoadOptions& options;
};

// Writes report.html into the directory. Sequences go by the names that Apollo last told
// this team, where it did. Error: local_fault.
Result<> write_run_page(const PageParts& parts, const std::filesystem::path& directory);

}  // namespace seqload::app
