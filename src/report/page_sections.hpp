#pragma once

// The sections of report.html, one function each: HTML, or nothing where there is
// nothing to say. Pure.

#include "seqload/report/page.hpp"

#include <string>

namespace seqload::report {

// The heading and what is to be read if only one thing is.
std::string page_header(const PageNumbers& numbers);

std::string outcome_section(const PageNumbers& numbers);
std::string steps_section(const PageNumbers& numbers);
std::string problems_section(const PageNumbers& numbers);
std::string reasons_section(const PageNumbers& numbers);
std::string sequences_section(const PageNumbers& numbers);
std::string inputs_section(const PageNumbers& numbers);

}  // namespace seqload::report
