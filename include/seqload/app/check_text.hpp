#pragma once

// What a check found, for a person and for programs. Pure.

#include "seqload/app/log_line.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_needs.hpp"

#include <span>
#include <string>
#include <vector>

namespace seqload::app {

std::string check_text(const TeamNeeds& needs, const Team& team, std::span<const Finding> findings);

// One JSON object, indented, with a line feed at the end: ok, quota{window:{limit,used,left}},
// requests, sequences[], labels[], findings[].
std::string check_json(const TeamNeeds& needs, const Team& team, std::span<const Finding> findings);

// What was found, and what to do about it, for a person; at most 50 of them are shown.
std::string findings_text(std::span<const Finding> findings);

// The same, a line of the log each.
std::vector<LogLine> finding_lines(std::span<const Finding> findings);

}  // namespace seqload::app
