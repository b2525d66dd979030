#pragma once

// Under GitHub Actions (GITHUB_ACTIONS=true), what a run adds to the log and to the
// step's page: annotations on the rows that need a person, and a summary.

#include "seqload/app/run_reports.hpp"
#include "seqload/base/error.hpp"
#include "seqload/net/proxy.hpp"
#include "seqload/state/run_facts.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace seqload::app {

bool is_github_actions(const net::Environment& environment);

// Annotations go to standard error, where the runner reads them as well; the summary
// is appended to the file that GITHUB_STEP_SUMMARY names. Nothing outside of GitHub
// Actions. A summary that cannot be written is said on standard error, and no more.
void tell_github(const RunReports& reports, std::span<const state::InputFile> inputs,
                 const std::filesystem::path& directory, bool fail_on_skipped,
                 const net::Environment& environment);

// The input files as annotations name them: relative to GITHUB_WORKSPACE where they lie
// in it, else as they were named.
std::vector<std::string> names_in_workspace(std::span<const state::InputFile> inputs,
                                            const net::Environment& environment);

}  // namespace seqload::app
