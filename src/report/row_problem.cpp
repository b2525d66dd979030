#include "seqload/report/row_problem.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/text_encoding.hpp"

#include <string_view>

namespace seqload::report {

namespace {

std::string beginning(const std::string& text) {
    const std::string_view shown = input::bounded(text, RowProblem::detail_limit);
    return joined(shown, shown.size() < text.size() ? "…" : "");
}

}  // namespace

RowProblem problem_of(const ReportedRow& reported) {
    const Outcome& outcome = reported.outcome();
    RowProblem problem{.row = reported.number,
                       .file = std::nullopt,
                       .line = 0,
                       .status = outcome.status,
                       .reason = full_reason(outcome),
                       .detail = beginning(outcome.detail)};
    if (reported.row != nullptr) {
        problem.file = reported.row->file;
        problem.line = reported.row->line;
    }
    return problem;
}

std::string sentence(const RowProblem& problem) {
    std::string text = joined("row ", std::to_string(problem.row), ": ", name(problem.status));
    if (!problem.reason.empty())
        text += joined(", ", printable(problem.reason));
    if (!problem.detail.empty())
        text += joined(": ", printable(problem.detail));
    return text;
}

std::string place(const RowProblem& problem, std::span<const std::string> file_names) {
    if (!problem.file)
        return {};
    return joined(printable(file_names[*problem.file]), ":", std::to_string(problem.line));
}

void FirstProblems::see(const ReportedRow& reported) {
    if (!needs_person(reported.status(), fail_on_skipped_))
        return;
    ++total_;
    if (first_.size() < at_most_)
        first_.push_back(problem_of(reported));
}

}  // namespace seqload::report
