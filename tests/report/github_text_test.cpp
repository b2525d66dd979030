#include "seqload/report/github_text.hpp"

#include "report/summary_fixture.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::annotations_text;
using report::RowProblem;

namespace {

const std::vector<std::string> files{"lists/leads, new.csv"};

RowProblem problem(RowNumber row, std::string detail = "") {
    return {.row = row,
            .file = 0,
            .line = row + 1U,
            .status = RowStatus::invalid,
            .reason = "bad_contact_id",
            .detail = std::move(detail)};
}

std::vector<RowProblem> problems(RowNumber count) {
    std::vector<RowProblem> made;
    for (RowNumber row = 1; row <= count; ++row)
        made.push_back(problem(row));
    return made;
}

auto lines_in(const std::string& text) {
    return std::ranges::count(text, '\n');
}

}  // namespace

TEST_CASE("an annotation names file and line, and nothing in it can end it or begin another") {
    CHECK(annotations_text({{problem(12, "100% :: x\n::error::y")}}, 1, files) ==
          "::error file=lists/leads%2C new.csv,line=13,title=seqload%3A invalid::row 12: invalid, "
          "bad_contact_id: 100%25 :: x\\n::error::y\n");
}

TEST_CASE("there are ten annotations at most, and the last one counts what is left out") {
    CHECK(annotations_text({}, 0, files).empty());
    CHECK(lines_in(annotations_text(problems(10), 10, files)) == 10);
    const std::string eleven = annotations_text(problems(11), 11, files);
    CHECK(lines_in(eleven) == 10);
    CHECK(
        eleven.ends_with("::error title=seqload::2 rows more need a person, see attention.csv\n"));
    const std::string many = annotations_text(problems(20), 1'000'009, files);
    CHECK(lines_in(many) == 10);
    CHECK(many.ends_with("::1,000,000 rows more need a person, see attention.csv\n"));
}

TEST_CASE("the step summary has the outcome, the reasons, the first rows and the next step") {
    const std::string text = report::step_summary_text(
        test::full_summary(), problems(2), files,
        std::vector<std::string>{"seqload verify 20261123-213622-k7q2"}, false);
    CHECK(
        text.starts_with("## seqload load: 1,200 of 1,300 rows added\n\n"
                         "**40 rows need a person.**\n"));
    CHECK(text.find("| added | 1,200 |  |\n") != std::string::npos);
    CHECK(text.find("| skipped | 60 | contact&#95;not&#95;found 40, ") != std::string::npos);
    CHECK(text.find("| lists/leads, new.csv:2 | 1 | invalid | bad&#95;contact&#95;id |  |\n") !=
          std::string::npos);
    CHECK(text.find("… and 38 rows more, in attention.csv\n") != std::string::npos);
    CHECK(text.find("- seqload verify 20261123-213622-k7q2\n") != std::string::npos);
}

TEST_CASE("in the step summary no cell is markup") {
    const std::string hostile = "<img src=x onerror=1> | **b** `c` [d](e) @f &amp; \x1b[0m\n# g";
    const std::string text = report::step_summary_text(
        test::full_summary(), std::vector<RowProblem>{problem(1, hostile)}, files, {}, false);
    const auto begin = text.find("| lists/leads");
    const std::string line = text.substr(begin, text.find('\n', begin) - begin);
    CHECK(std::ranges::count(line, '|') == 6);
    for (const char* markup : {"<", "**", "`", "[d]", "@f", "&amp;", "\x1b"}) {
        CAPTURE(markup);
        CHECK(line.find(markup) == std::string::npos);
    }
}

TEST_CASE("the step summary stays under a MiB, whatever there was") {
    report::Summary summary = test::full_summary();
    const std::string endless(100'000, '|');
    for (int i = 0; i < 1'000; ++i) {
        summary.targets.push_back(summary.targets.front());
        summary.reasons[RowStatus::skipped].push_back({endless, 1});
    }
    std::vector<RowProblem> first = problems(20);
    for (RowProblem& one : first)
        one.detail = one.reason = endless;
    const std::vector<std::string> long_name{endless};
    const std::vector<std::string> steps(10, endless);
    CHECK(report::step_summary_text(summary, first, long_name, steps, false).size() <
          report::most_step_summary_bytes);
}
