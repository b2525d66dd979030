#include "seqload/report/junit.hpp"

#include "report/run_fixture.hpp"
#include "report/summary_fixture.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::JunitCases;

namespace {

// Rows as the walk over a run would give them.
class Walk {
public:
    explicit Walk(bool fail_on_skipped = false) : cases(fail_on_skipped) {}

    void see(std::uint32_t file, TargetIndex target, RowStatus status,
             std::optional<InvalidReason> invalid = std::nullopt, std::string detail = "") {
        Row row;
        row.number = ++rows_;
        row.file = file;
        row.line = rows_ + 1U;
        row.target = target;
        row.invalid = invalid;
        report::ReportedRow reported;
        reported.number = row.number;
        reported.row = &row;
        state::RecordedOutcome recorded{};
        recorded.outcome = test::outcome(row.number, status, "", detail);
        reported.recorded = &recorded;
        cases.see(reported);
    }

    std::string text() const {
        return report::junit_text(test::full_summary(), cases, targets, files);
    }

    JunitCases cases;
    TargetTable targets;
    std::vector<std::string> files{"a.csv", "b.csv"};

private:
    RowNumber rows_ = 0;
};

std::uint64_t times(const std::string& text, const std::string& part) {
    std::uint64_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("a suite for each file, a case for each target, and failures that list rows") {
    Walk walk;
    walk.targets.intern(test::plain_target());
    walk.see(0, 0, RowStatus::added);
    walk.see(0, 0, RowStatus::failed, std::nullopt, "<gone> & \"lost\"");
    walk.see(0, 0, RowStatus::invalid, InvalidReason::bad_contact_id);
    walk.see(1, 0, RowStatus::added);
    walk.see(1, 0, RowStatus::skipped);
    CHECK(walk.text() ==
          R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="seqload run 20261123-213622-k7q2" tests="3" failures="2" errors="0" time="75.000">
  <testsuite name="a.csv" tests="2" failures="2" errors="0" timestamp="2026-11-23T21:36:22.000Z" time="75.000">
    <testcase classname="a.csv" name="sequence 66e9e215ece19801b2199901 from 66e9e215ece19801b2199a01">
      <failure message="1 of 2 rows needs a person" type="needs_a_person">a.csv:3: row 2: failed: &lt;gone&gt; &amp; &quot;lost&quot;
</failure>
    </testcase>
    <testcase classname="a.csv" name="rows without a target">
      <failure message="1 of 1 row needs a person" type="needs_a_person">a.csv:4: row 3: invalid
</failure>
    </testcase>
  </testsuite>
  <testsuite name="b.csv" tests="1" failures="0" errors="0" timestamp="2026-11-23T21:36:22.000Z" time="75.000">
    <testcase classname="b.csv" name="sequence 66e9e215ece19801b2199901 from 66e9e215ece19801b2199a01"/>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("rows that were not attempted make an error, unless others of the case fail") {
    Walk walk;
    walk.targets.intern(test::plain_target());
    walk.see(0, 0, RowStatus::not_attempted);
    CHECK(times(walk.text(), "<error message=\"1 of 1 row not attempted: seqload resume\"") == 1);
    walk.see(0, 0, RowStatus::unconfirmed);
    CHECK(times(walk.text(), "<error ") == 0);
    CHECK(times(walk.text(), "tests=\"1\" failures=\"1\" errors=\"0\"") == 2);
}

TEST_CASE("skipped rows fail a case only where they need a person") {
    Walk walk(true);
    walk.targets.intern(test::plain_target());
    walk.see(0, 0, RowStatus::skipped);
    CHECK(times(walk.text(), "<failure ") == 1);
}

TEST_CASE("a case lists so many rows and counts the others; so many cases, the rest are one") {
    Walk walk;
    const auto many = static_cast<TargetIndex>(JunitCases::most_cases + 10);
    for (TargetIndex target = 0; target < many; ++target) {
        Target one = test::plain_target();
        one.from_address = std::to_string(target) + "@example.com";
        walk.targets.intern(one);
        walk.see(0, target, RowStatus::added);
    }
    for (std::size_t row = 0; row < JunitCases::most_rows_listed + 5; ++row)
        walk.see(0, 0, RowStatus::failed);
    CHECK(walk.cases.cases().size() == JunitCases::most_cases + 1);
    const std::string text = walk.text();
    CHECK(times(text, "name=\"other targets\"") == 1);
    CHECK(times(text, ": failed\n") == JunitCases::most_rows_listed);
    CHECK(times(text, "… and 5 rows more, in attention.csv\n") == 1);
}

TEST_CASE("bytes that XML cannot hold are shown, not written") {
    Walk walk;
    walk.targets.intern(test::plain_target());
    walk.files[0] = "a\x01\xff\xef\xbf\xbf.csv";
    walk.see(0, 0, RowStatus::failed, std::nullopt, std::string("\x1b]\0", 3));
    const std::string text = walk.text();
    const auto is_forbidden = [](char byte) {
        return static_cast<unsigned char>(byte) < 0x20 && byte != '\n';
    };
    CHECK(std::ranges::none_of(text, is_forbidden));
    CHECK(text.find('\xff') == std::string::npos);
    CHECK(text.find("\xef\xbf\xbf") == std::string::npos);
}
