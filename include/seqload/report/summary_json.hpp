#pragma once

// The summary for programs: summary.json, and what --json prints. The members
// and their order are relied on by scripts (spec.md, "Reports").

#include "seqload/base/error.hpp"
#include "seqload/report/summary.hpp"

#include <filesystem>
#include <string>

namespace seqload::report {

// Indented, with a line feed at the end. Times are ISO 8601 in UTC. What is not
// known (the ending of a run that was killed) is null. Bytes that are not UTF-8,
// as file names may have them, are shown as U+FFFD. A member targets_left_out
// follows targets where not all of them are listed. forecast{requests,
// duration_seconds, finishes_at, took_seconds} was made when the sending began;
// remaining{requests, duration_seconds, finishes_at} is what a stopped run has left.
std::string to_json_text(const Summary& summary);

// Writes it whole. Errors: local_fault.
Result<void> write_summary(const Summary& summary, const std::filesystem::path& destination);

}  // namespace seqload::report
