#pragma once

// What GitHub Actions shows of a run: annotations on the rows that need a person,
// and a page for the step's summary. Pure.
//
// Annotations are workflow commands, lines such as
//     ::error file=leads.csv,line=12,title=…::message
// GitHub shows ten errors of a step at most (docs.github.com, "Workflow commands" and
// "Problem matchers"), and takes a step summary of 1 MiB at most.

#include "seqload/report/row_problem.hpp"
#include "seqload/report/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace seqload::report {

inline constexpr std::size_t most_annotations = 10;
inline constexpr std::size_t most_step_summary_bytes = std::size_t{1} << 20U;

// One line for each problem, ten at most: if there are more, nine and a last one that
// counts the rest. total: how many there are in all.
std::string annotations_text(std::span<const RowProblem> first, std::uint64_t total,
                             std::span<const std::string> file_names);

// Markdown: the headline, what became of the rows, why, the first rows that need a
// person, and what to do next. Whatever the input or a server says is shown as text,
// never as markup. Under 1 MiB, whatever the run.
std::string step_summary_text(const Summary& summary, std::span<const RowProblem> first,
                              std::span<const std::string> file_names,
                              std::span<const std::string> next_steps, bool fail_on_skipped);

}  // namespace seqload::report
