#include "seqload/report/summary.hpp"

#include "report/run_fixture.hpp"
#include "report/summary_fixture.hpp"
#include "seqload/model/stand_in.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::summarize;
using report::Summary;
using test::contact;
using test::must;
using test::outcome;
using test::ReportedRun;

namespace {

state::RunRecord a_run() {
    state::RunRecord run;
    run.id = test::run_id;
    run.command = "load";
    run.started_at = test::at_second(0);
    return run;
}

state::RecordedPlan plan_of(const std::vector<std::uint64_t>& rows_per_target) {
    state::RecordedPlan plan;
    for (std::size_t index = 0; index < rows_per_target.size(); ++index) {
        Target target = test::plain_target();
        target.from_address = std::to_string(index);
        plan.targets.intern(target);
        plan.per_target.push_back({.rows = rows_per_target[index], .labels = 0, .requests = 1});
        plan.rows += rows_per_target[index];
    }
    plan.minimum_requests = rows_per_target.size();
    return plan;
}

}  // namespace

TEST_CASE_FIXTURE(ReportedRun, "a summary is what the state has on record") {
    add("contact_id,sequence_id\n" + contact + ",\nx,\n66e9e215ece19801b2190002,\n" + contact +
        ",66e9e215ece19801b2199902\n");
    plan();
    settle_unsent({outcome(2, RowStatus::invalid, "bad_contact_id", "x")});
    Outcome added = outcome(1, RowStatus::added, reason::paused, "why");
    added.contacts_added = 1;
    settle({added});
    must(store->end_run(test::run_id, {.stop_reason = "gave_up",
                                       .exit_code = 5,
                                       .finished_at = test::at_second(9),
                                       .counters_json = to_json_text(test::some_counters())}));
    const auto recorded_plan = must(store->plan(test::run_id)).value();
    const auto summary = must(summarize(must(store->run(test::run_id)), &recorded_plan,
                                        must(store->counts(test::run_id))));
    CHECK(summary.run_id == test::run_id);
    CHECK(summary.command == "load");
    CHECK(summary.started_at == test::at_second(0));
    CHECK(summary.finished_at == test::at_second(9));
    CHECK(summary.stop_reason == "gave_up");
    CHECK(summary.exit_code == 5);
    CHECK(summary.rows.total() == 4);
    CHECK(summary.rows[RowStatus::added] == 1);
    CHECK(summary.rows[RowStatus::invalid] == 1);
    CHECK(summary.rows[RowStatus::not_attempted] == 2);
    CHECK(summary.contacts_added == 1);
    CHECK(summary.reasons.at(RowStatus::added) == std::vector<Summary::ReasonCount>{{"paused", 1}});
    report::Counters counted = test::some_counters();
    counted.requests = {.sent = 1};  // by the state, as they were sent
    CHECK(summary.counters == counted);
    CHECK(summary.minimum_requests == 1);
    REQUIRE(summary.targets.size() == 2);
    CHECK(summary.targets[0].rows[RowStatus::added] == 1);
    CHECK(summary.targets[0].rows[RowStatus::not_attempted] == 1);
    CHECK(summary.targets[0].contacts_added == 1);
    CHECK(summary.targets[1].rows[RowStatus::not_attempted] == 1);
    CHECK(summary.targets[1].target.sequence == Id::parse("66e9e215ece19801b2199902"));
    // The rows of the report are the same ones.
    const auto made = write();
    for (const RowStatus status : row_statuses)
        CHECK(made.rows[status] == summary.rows[status]);
}

TEST_CASE("a run that was killed before its plan has the rows that have an outcome") {
    state::Counts counts;
    counts.rows[RowStatus::invalid] = 3;
    const auto summary = must(summarize(a_run(), nullptr, counts));
    CHECK(summary.rows.total() == 3);
    CHECK(summary.stop_reason.empty());
    CHECK_FALSE(summary.finished_at);
    CHECK_FALSE(summary.exit_code);
    CHECK(summary.targets.empty());
}

TEST_CASE("counters that cannot be read are an error") {
    auto run = a_run();
    run.ending = state::Ending{.stop_reason = "finished",
                               .exit_code = 0,
                               .finished_at = test::at_second(1),
                               .counters_json = "{"};
    CHECK_FALSE(summarize(run, nullptr, {}).has_value());
}

TEST_CASE("all targets are listed up to a thousand, beyond that the largest, in their order") {
    std::vector<std::uint64_t> rows(Summary::most_targets, 2);
    auto plan = plan_of(rows);
    auto summary = must(summarize(a_run(), &plan, {}));
    CHECK(summary.targets.size() == 1'000);
    CHECK(summary.targets_left_out == 0);

    rows[5] = 1;
    rows.push_back(3);
    rows.push_back(1);
    plan = plan_of(rows);
    summary = must(summarize(a_run(), &plan, {}));
    REQUIRE(summary.targets.size() == 1'000);
    CHECK(summary.targets_left_out == 2);
    CHECK(summary.targets[4].target.from_address == "4");
    CHECK(summary.targets[5].target.from_address == "6");
    CHECK(summary.targets[999].target.from_address == "1000");
    CHECK(summary.targets[999].rows[RowStatus::not_attempted] == 3);
    CHECK(summary.rows.total() == 2'003);
}

TEST_CASE("targets that are known by a name only are not listed: no row of theirs was to be sent") {
    auto plan = plan_of({2, 0, 0, 0});
    state::RecordedPlan named;
    for (TargetIndex index = 0; index < plan.targets.size(); ++index) {
        Target target = plan.targets[index];
        if (index == 1)
            target.sequence = stand_in(1);
        if (index == 2)
            target.mailboxes.push_back(stand_in(2));
        if (index == 3)
            target.user = stand_in(3);
        named.targets.intern(target);
    }
    plan.targets = std::move(named.targets);
    const auto summary = must(summarize(a_run(), &plan, {}));
    REQUIRE(summary.targets.size() == 1);
    CHECK(summary.targets[0].target.from_address == "0");
    CHECK(summary.targets_left_out == 0);
}

TEST_CASE("reasons stand by frequency, and those beyond a hundred as one") {
    state::Counts counts;
    auto& reasons = counts.reasons[RowStatus::skipped];
    for (int number = 0; number < 120; ++number)
        reasons["reason_" + std::to_string(1000 + number)] = number == 60 ? 9 : 2;
    const auto summary = must(summarize(a_run(), nullptr, counts));
    const auto& listed = summary.reasons.at(RowStatus::skipped);
    REQUIRE(listed.size() == 101);
    CHECK(listed[0] == Summary::ReasonCount{"reason_1060", 9});
    CHECK(listed[1] == Summary::ReasonCount{"reason_1000", 2});
    CHECK(listed[100] == Summary::ReasonCount{"(others)", 40});
}

TEST_CASE("invalid, failed and unconfirmed rows need a person, skipped ones if asked for") {
    state::StatusCounts rows;
    std::uint64_t number = 1;
    for (const RowStatus status : row_statuses) {
        rows[status] = number;
        number *= 10;
    }
    CHECK(report::rows_needing_a_person(rows, false) == 11'100'000);
    CHECK(report::rows_needing_a_person(rows, true) == 11'100'100);
}
