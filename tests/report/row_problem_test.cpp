#include "seqload/report/row_problem.hpp"

#include "report/run_fixture.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::FirstProblems;
using report::RowProblem;

namespace {

// A row of a walk, with an outcome of its own.
struct Reported : report::ReportedRow {
    Reported(const Row& read, Outcome outcome) {
        told.outcome = std::move(outcome);
        number = told.outcome.row;
        row = &read;
        recorded = &told;
    }
    Reported(const Reported&) = delete;
    Reported& operator=(const Reported&) = delete;

    state::RecordedOutcome told{};
};

Reported reported(const Row& row, Outcome outcome) {
    return {row, std::move(outcome)};
}

Row row_at(RowNumber number, std::uint64_t line) {
    Row row;
    row.number = number;
    row.file = 0;
    row.line = line;
    return row;
}

}  // namespace

TEST_CASE("a problem names the row, its place, and what is the matter") {
    const Row row = row_at(12, 14);
    const RowProblem problem = report::problem_of(
        reported(row, test::outcome(12, RowStatus::invalid, "bad_contact_id", "66e9x")));
    const std::vector<std::string> files{"leads.csv"};
    CHECK(report::place(problem, files) == "leads.csv:14");
    CHECK(report::sentence(problem) == "row 12: invalid, bad_contact_id: 66e9x");
}

TEST_CASE("a row that cannot be read any more has no place") {
    Reported gone = reported(Row(), test::outcome(7, RowStatus::failed));
    gone.row = nullptr;
    const RowProblem problem = report::problem_of(gone);
    CHECK(report::place(problem, {}).empty());
    CHECK(report::sentence(problem) == "row 7: failed");
}

TEST_CASE("what a terminal would obey is shown, and long details are cut at a letter") {
    const Row row = row_at(1, 2);
    const RowProblem problem = report::problem_of(reported(
        row, test::outcome(1, RowStatus::failed, "rejected", "\x1b[2J\n" + std::string(400, 'x'))));
    const std::string text = report::sentence(problem);
    CHECK(text.starts_with("row 1: failed, rejected: \\x1b[2J\\n"));
    CHECK(text.ends_with("x…"));
    const RowProblem letters = report::problem_of(
        reported(row, test::outcome(1, RowStatus::failed, "",
                                    std::string(RowProblem::detail_limit - 1, 'x') + "ä")));
    CHECK(letters.detail == std::string(RowProblem::detail_limit - 1, 'x') + "…");
}

TEST_CASE("the first problems are kept, and all of them counted") {
    FirstProblems problems(2, false);
    FirstProblems with_skipped(2, true);
    for (RowNumber number = 1; number <= 10; ++number) {
        const Row row = row_at(number, number + 1U);
        const RowStatus status = number % 2 == 0 ? RowStatus::failed : RowStatus::skipped;
        problems.see(reported(row, test::outcome(number, status)));
        with_skipped.see(reported(row, test::outcome(number, status)));
    }
    CHECK(problems.total() == 5);
    REQUIRE(problems.first().size() == 2);
    CHECK(problems.first()[0].row == 2);
    CHECK(problems.first()[1].row == 4);
    CHECK(with_skipped.total() == 10);
    CHECK(with_skipped.first()[0].row == 1);
}
