#pragma once

// What a person does next after a run, as lines to read and commands to copy.
// Pure. Names only commands that this version has.

#include "seqload/report/summary.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace seqload::report {

// The most urgent first; empty if there is nothing to do. attention: where
// attention.csv is, as a person may type it.
std::vector<std::string> next_steps(const Summary& summary, const std::filesystem::path& attention,
                                    bool fail_on_skipped);

}  // namespace seqload::report
