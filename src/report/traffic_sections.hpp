#pragma once

// The sections of report.html about requests and answers. Pure.

#include "seqload/report/page.hpp"

#include <string>

namespace seqload::report {

// Requests over time, against each window of the quota that has a limit.
std::string requests_section(const PageNumbers& numbers);

// How long answers took, and which took longest.
std::string answers_section(const PageNumbers& numbers);

}  // namespace seqload::report
