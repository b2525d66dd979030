#include "seqload/report/page.hpp"

#include "report/sent_batches.hpp"
#include "report/summary_fixture.hpp"

#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace seqload;
using report::FirstProblems;
using report::PageNumbers;
using report::Summary;

namespace {

constexpr std::size_t largest_page = 1'000'000;

report::Traffic traffic_of(std::int64_t requests, const QuotaLimits& limits = basic_plan) {
    std::int64_t left = 0;
    auto traffic = report::read_traffic(
        [&]() -> Result<std::optional<state::SentBatch>> {
            if (left == requests)
                return std::nullopt;
            ++left;
            return test::sent_at(left * 977, 40 + left % 3'000);
        },
        limits, 1);
    REQUIRE(traffic);
    return *std::move(traffic);
}

std::string page_of(const Summary& summary, report::SequencesOfRun sequences = {},
                    std::int64_t requests = 20, const FirstProblems& problems = {20, false},
                    std::vector<std::string> file_names = {}) {
    return report::page_text({.summary = summary,
                              .sequences = std::move(sequences),
                              .traffic = traffic_of(requests),
                              .problems = problems,
                              .file_names = std::move(file_names),
                              .attention = "out/attention.csv"});
}

bool contains(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

// A text of the worst kind, so long that no page could hold a few of it.
std::string hostile(std::size_t number) {
    std::string text = std::to_string(number) + "<\"'&>\x1b\xff\u202e";
    while (text.size() < 100'000)
        text += "\"\"\"\"\"\"\"\"";
    return text;
}

}  // namespace

TEST_CASE("the page says what matters first, in words and not in colours alone") {
    const std::string page = page_of(test::full_summary());
    for (const char* words :
         {"1,200 of 1,300 rows added", "Finished", "40 rows need a person", "Exit code 1",
          "seqload verify 20261123-213622-k7q2", "seqload load out/attention.csv",
          "added 1,200 (92.3 %)", "the id of the contact", "people.csv", "Quota by the hour",
          "The slowest", "request-"}) {
        CAPTURE(words);
        CHECK(contains(page, words));
    }
    CHECK(page.find("Outcome") < page.find("What to do next"));
}

TEST_CASE("a run that was killed, and one without rows, have a page as well") {
    Summary killed = test::full_summary();
    killed.finished_at = std::nullopt;
    killed.stop_reason.clear();
    killed.exit_code = std::nullopt;
    CHECK(contains(page_of(killed), "Not ended"));
    CHECK(contains(page_of(killed), "seqload resume 20261123-213622-k7q2"));

    Summary empty;
    empty.stop_reason = "finished";
    const std::string page = page_of(empty, {}, 0);
    CHECK(contains(page, "The input has no rows"));
    CHECK(!contains(page, "<svg"));
}

TEST_CASE("what Apollo made up is shown as it is, as text") {
    Summary summary = test::full_summary();
    summary.reasons[RowStatus::skipped] = {{"<b onclick=\"x\">\x1b[31m'&", 3}};
    summary.stop_reason = "</h1><script>";
    const std::string page = page_of(summary);
    CHECK(contains(page, "&lt;b onclick=&quot;x&quot;&gt;\\x1b[31m&#39;&amp;"));
    CHECK(!contains(page, "<b "));
    CHECK(!contains(page, "<script"));
}

TEST_CASE("a million rows, long texts and thousands of everything make no large page") {
    Summary summary = test::full_summary();
    summary.rows[RowStatus::added] = 1'000'000;
    for (const RowStatus status : row_statuses) {
        summary.reasons[status].clear();
        for (std::size_t i = 0; i < Summary::most_reasons; ++i)
            summary.reasons[status].push_back({hostile(i), 1'000 - i});
        summary.reasons[status].push_back({std::string(Summary::other_reasons), 5'000});
    }
    for (std::size_t i = 0; i < 3'000; ++i)
        summary.inputs.push_back({i < 50 ? hostile(i) : "file.csv", 10, 10, ""});
    report::SequencesOfRun sequences;
    for (std::size_t i = 0; i < PageNumbers::most_sequences; ++i) {
        report::SequenceTotals one;
        one.name = hostile(i);
        for (const RowStatus status : row_statuses)
            one.rows[status] = i + 1;
        sequences.largest.push_back(one);
    }
    sequences.left_out = 9'980;
    FirstProblems problems(20, false);
    for (RowNumber row = 1; row <= 500; ++row) {
        report::ReportedRow reported;
        reported.number = row;
        state::RecordedOutcome recorded{};
        recorded.outcome.row = row;
        recorded.outcome.status = RowStatus::failed;
        recorded.outcome.reason = hostile(row);
        recorded.outcome.detail = hostile(row);
        reported.recorded = &recorded;
        problems.see(reported);
    }
    const std::string page = page_of(summary, sequences, 100'000, problems);
    CHECK(page.size() < largest_page);
    CHECK(contains(page, "… and 9,980 sequences more"));
    CHECK(contains(page, "… and 490 rows more"));
    CHECK(contains(page, "Less frequent reasons"));
    CHECK(contains(page, "… and 2,989 files more"));
}
