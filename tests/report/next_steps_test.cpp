#include "seqload/report/next_steps.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::next_steps;
using report::Summary;

namespace {

using Steps = std::vector<std::string>;

Summary ended(const std::string& stop_reason, RowStatus status) {
    Summary summary;
    summary.run_id = "20261123-213622-k7q2";
    summary.stop_reason = stop_reason;
    summary.rows[status] = 1;
    return summary;
}

}  // namespace

TEST_CASE("each way to end has its own next step") {
    struct Case {
        const char* stop_reason;
        const char* begins;
    };
    for (const Case& one : {Case{"interrupted", "seqload resume 20261123-213622-k7q2"},
                            Case{"key_refused", "set APOLLO_API_KEY"},
                            Case{"gave_up", "see whether Apollo can be reached"},
                            Case{"input_failed", "see that the input files"},
                            Case{"state_failed", "free space on the disk of the state"},
                            Case{"machine_failed", "allow the process more"},
                            Case{"some_later_reason", "seqload resume 20261123-213622-k7q2"},
                            Case{"", "seqload resume 20261123-213622-k7q2"}}) {
        CAPTURE(one.stop_reason);
        const Steps steps =
            next_steps(ended(one.stop_reason, RowStatus::not_attempted), "a", false);
        REQUIRE(steps.size() == 1);
        CHECK(steps[0].find(one.begins) == 0);
        CHECK(steps[0].ends_with("seqload resume 20261123-213622-k7q2"));
    }
    CHECK(next_steps(ended("finished", RowStatus::added), "a", false).empty());
    CHECK(next_steps(ended("finished", RowStatus::unconfirmed), "a", false).front() ==
          "ask Apollo about the 1 unconfirmed row: seqload verify 20261123-213622-k7q2");
}

TEST_CASE("a run that was declined has nothing to go on with") {
    Summary summary = ended("declined", RowStatus::added);
    CHECK(next_steps(summary, "a", false).empty());
}

TEST_CASE("the command is one that can be copied") {
    CHECK(next_steps(ended("finished", RowStatus::invalid), "my out/attention.csv", false) ==
          Steps{"mend the rows in attention.csv, then: seqload load 'my out/attention.csv'"});
    CHECK(next_steps(ended("finished", RowStatus::invalid), "-out/attention.csv", false) ==
          Steps{"mend the rows in attention.csv, then: seqload load ./-out/attention.csv"});
}

TEST_CASE("skipped rows are something to do only if that was asked for") {
    const Summary summary = ended("finished", RowStatus::skipped);
    CHECK(next_steps(summary, "a", false).empty());
    CHECK(next_steps(summary, "a", true).size() == 1);
}
