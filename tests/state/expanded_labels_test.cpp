// Label rows whose contacts are rows of the plan: rows 1 to 5 are the input, of which 2
// is "VIP" (rows 6 to 8), 4 is "Nobody" and 5 is "Press" (rows 9 and 10).

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

namespace {

const std::vector<ExpandedLabel> labels{{.row = 2, .target = 0, .first = 6, .contacts = 3},
                                        {.row = 4, .target = 1, .first = 9, .contacts = 0},
                                        {.row = 5, .target = 1, .first = 9, .contacts = 2}};

Plan plan_with_labels() {
    Plan plan = plan_of(two_targets());
    plan.rows = 5;
    plan.per_target = {{.rows = 2, .labels = 1, .requests = 1},
                       {.rows = 0, .labels = 2, .requests = 1}};
    plan.inputs = {{.name = "people.csv", .path = "/data/people.csv", .bytes = 9, .rows = 5}};
    plan.expanded_labels = InputFile{
        .name = "expanded-labels.csv", .path = "/out/expanded-labels.csv", .bytes = 7, .rows = 5};
    return plan;
}

std::unique_ptr<Store> expanded(std::unique_ptr<Store> store) {
    must(store->begin_run(new_run()));
    must(store->expand_labels(run_id, labels, at(1)));
    must(store->record_plan(run_id, plan_with_labels()));
    return store;
}

std::unique_ptr<Store> expanded_in_memory() {
    return expanded(must(Store::open_in_memory()));
}

std::vector<Outcome> with_people(std::vector<Outcome> outcomes) {
    for (Outcome& outcome : outcomes) {
        outcome.contacts_added = outcome.status == RowStatus::added ? 1 : 0;
        outcome.contacts_skipped = outcome.status == RowStatus::added ? 0 : 1;
    }
    return outcomes;
}

// The status of each row that has an outcome, by row.
std::map<RowNumber, RowStatus> statuses(const Store& store, OutcomesOf which = OutcomesOf::input) {
    std::map<RowNumber, RowStatus> found;
    for (const RecordedOutcome& one : all_of(store.outcomes(run_id, which)))
        found.emplace(one.outcome.row, one.outcome.status);
    return found;
}

// Everybody of "VIP" is settled: added, skipped, and a duplicate of row 1.
void settle_vip(Store& store) {
    must(apply(store, {RowsSettled{.outcomes = all({8}, RowStatus::duplicate), .at = at(2)},
                       in_flight(1, contacts({1, 6, 7})),
                       BatchSettled{
                           .batch = 1,
                           .outcomes = with_people(
                               {all({1, 6}, RowStatus::added)[0], all({1, 6}, RowStatus::added)[1],
                                all({7}, RowStatus::skipped, "contacts_without_email")[0]}),
                           .http_status = 200,
                           .attempts = 1,
                           .at = at(5)}}));
}

}  // namespace

TEST_CASE("a label row that was expanded has the fate of its contacts, and they are no rows") {
    const auto store = expanded_in_memory();
    settle_vip(*store);
    const auto outcomes = outcomes_of(*store);
    REQUIRE(outcomes.size() == 4);
    CHECK(outcomes[0].outcome.row == 1);
    CHECK(outcomes[1].outcome.row == 2);
    CHECK(outcomes[1].outcome.status == RowStatus::added);
    CHECK(outcomes[1].outcome.contacts_added == 1);
    CHECK(outcomes[1].outcome.contacts_skipped == 1);
    CHECK(outcomes[1].settled_at == at(5));
    CHECK_FALSE(outcomes[1].batch);
    CHECK(outcomes[2].outcome.reason == "label_matched_nobody");
    CHECK(outcomes[2].settled_at == at(1));
    CHECK(outcomes[3].outcome.row == 5);
    CHECK(outcomes[3].outcome.status == RowStatus::not_attempted);
}

TEST_CASE("by the plan each contact has its own fate, and the label row has none") {
    const auto store = expanded_in_memory();
    settle_vip(*store);
    CHECK(statuses(*store, OutcomesOf::plan) ==
          std::map<RowNumber, RowStatus>{{1, RowStatus::added},
                                         {6, RowStatus::added},
                                         {7, RowStatus::skipped},
                                         {8, RowStatus::duplicate}});
    const auto done = must(store->settled_rows(run_id));
    CHECK(done == std::vector{false, true, false, false, false, false, true, true, true});
}

TEST_CASE("the counts have label rows once, and every person") {
    const auto store = expanded_in_memory();
    settle_vip(*store);
    const Counts counts = must(store->counts(run_id));
    CHECK(counts.rows[RowStatus::added] == 2);    // row 1, and "VIP"
    CHECK(counts.rows[RowStatus::skipped] == 1);  // "Nobody"
    CHECK(counts.rows.total() == 3);
    CHECK(counts.contacts_added == 2);
    CHECK(counts.contacts_skipped == 1);
    CHECK(counts.reasons == std::map<RowStatus, std::map<std::string, std::uint64_t>>{
                                {RowStatus::skipped, {{"label_matched_nobody", 1}}}});
    CHECK(counts.targets.at(0).rows[RowStatus::added] == 2);
    CHECK(counts.targets.at(0).contacts_skipped == 1);
    CHECK(counts.targets.at(1).rows[RowStatus::skipped] == 1);
}

TEST_CASE("a contact in a batch that may have been carried out leaves its label in doubt") {
    const auto store = expanded_in_memory();
    must(apply(*store, {in_flight(1, contacts({9, 10}, 1))}));
    CHECK(statuses(*store).at(5) == RowStatus::unconfirmed);
    CHECK(must(store->counts(run_id)).reasons.at(RowStatus::unconfirmed).at("answer_lost") == 1);
    must(apply(*store, {BatchWaiting{.batch = 1, .at = at(2)}}));
    CHECK(statuses(*store).at(5) == RowStatus::not_attempted);
}

TEST_CASE("verifying a contact changes the fate of its label") {
    const auto store = expanded_in_memory();
    must(apply(*store, {in_flight(1, contacts({9, 10}, 1)),
                        settled(1, all({9, 10}, RowStatus::unconfirmed, "answer_lost"))}));
    const auto doubtful = must(store->rows_to_verify(run_id, false));
    REQUIRE(doubtful.size() == 2);
    CHECK(doubtful[0].row == 9);
    CHECK(must(store->label_rows_in_doubt(run_id)) == 0);
    must(apply(*store, {RowsVerified{.outcomes = all({9, 10}, RowStatus::added), .at = at(20)}}));
    CHECK(statuses(*store).at(5) == RowStatus::added);
    CHECK(outcomes_of(*store).back().settled_at == at(20));
}

TEST_CASE("whom a label added is taken back for its row, and not verified after that") {
    const auto store = expanded_in_memory();
    settle_vip(*store);
    const auto added = must(store->added_contacts(run_id, {}));
    REQUIRE(added.size() == 2);
    CHECK(added[0].row == 1);
    CHECK(added[1].row == 2);
    CHECK(added[1].contact == id(6));
    CHECK(must(store->rows_to_verify(run_id, true)).size() == 2);

    NewRun undo = new_run("20261124-080000-undo");
    undo.command = "undo";
    undo.undoes = run_id;
    undo.options_json = R"({"mode":"remove"})";
    must(store->begin_run(undo));
    must(store->record_removals(undo.id, added, 1));
    must(store->apply(undo.id, std::vector<Change>{RemovalsSettled{
                                   .outcomes = {{.number = 2, .status = RemovalStatus::removed}},
                                   .leaves_sequence = true,
                                   .http_status = 200,
                                   .attempts = 1,
                                   .at = at(30)}}));
    const auto left = must(store->rows_to_verify(run_id, true));
    REQUIRE(left.size() == 1);
    CHECK(left.front().row == 1);
    CHECK(must(store->removals(undo.id)).back().row == 2);
}

TEST_CASE("the file of the contacts is none of the run's inputs, and comes back apart") {
    const auto store = expanded_in_memory();
    const RunRecord run = must(store->run(run_id));
    REQUIRE(run.inputs.size() == 1);
    CHECK(run.inputs.front().name == "people.csv");
    CHECK(run.expanded_labels == plan_with_labels().expanded_labels);
    CHECK(must(store->expanded_labels(run_id)) == labels);
    CHECK(run.planned_rows == 5);
}

TEST_CASE("a first pass that was broken off leaves no expanded label behind") {
    const auto store = must(Store::open_in_memory());
    must(store->begin_run(new_run()));
    must(store->expand_labels(run_id, labels, at(1)));
    must(apply(*store, {RowsSettled{.outcomes = all({1, 6}, RowStatus::excluded), .at = at(2)}}));
    CHECK(must(store->counts(run_id)).rows.total() == 2);  // row 1 and "Nobody"
    must(store->restart_plan(run_id));
    CHECK(must(store->expanded_labels(run_id)).empty());
    CHECK(outcomes_of(*store).empty());
    must(store->expand_labels(run_id, labels, at(1)));
}

TEST_CASE("labels are expanded once, and in order") {
    const auto refused = [](const std::vector<ExpandedLabel>& wrong) {
        const auto store = must(Store::open_in_memory());
        must(store->begin_run(new_run()));
        return !store->expand_labels(run_id, wrong, at(1)).has_value();
    };
    CHECK_FALSE(refused(labels));
    CHECK_FALSE(refused({}));
    CHECK(refused({labels[0], {.row = 5, .target = 1, .first = 10, .contacts = 2}}));  // a gap
    CHECK(refused({{.row = 2, .target = 0, .first = 2, .contacts = 1}}));  // within the input
    CHECK(refused({labels[0], {.row = 2, .target = 1, .first = 9}}));      // twice
    const auto store = expanded_in_memory();
    CHECK_FALSE(store->expand_labels(run_id, labels, at(2)).has_value());
}

TEST_CASE("a pruned run takes its expanded labels with it") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    expanded(open_store(file)).reset();
    const auto store = open_store(file);
    CHECK(must(store->prune(at(100))).runs == 1);
    must(store->begin_run(new_run()));
    CHECK(must(store->expanded_labels(run_id)).empty());
}

TEST_CASE("however contacts fare, each row is counted once, and the two views agree") {
    CHECK(rc::check([] {
        const auto store = must(Store::open_in_memory());
        must(store->begin_run(new_run()));
        const auto sizes =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 5));
        const auto input_rows = static_cast<RowNumber>(2 * sizes.size() + 1);
        std::vector<ExpandedLabel> drawn;
        RowNumber next = input_rows + 1;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            drawn.push_back({.row = static_cast<RowNumber>(2 * (i + 1)),
                             .target = 0,
                             .first = next,
                             .contacts = sizes[i]});
            next += sizes[i];
        }
        must(store->expand_labels(run_id, drawn, at(1)));
        Plan plan = plan_of(two_targets());
        plan.rows = input_rows;
        must(store->record_plan(run_id, plan));

        std::map<RowNumber, RowStatus> told;
        std::vector<Outcome> outcomes;
        for (RowNumber row = 1; row < next; row += row < input_rows ? 2 : 1) {
            const auto status = *rc::gen::inRange<std::size_t>(0, row_statuses.size());
            if (row_statuses.at(status) == RowStatus::not_attempted)
                continue;
            outcomes.push_back(all({row}, row_statuses.at(status), "why")[0]);
            outcomes.back().contacts_added = row % 2;
            told.emplace(row, row_statuses.at(status));
        }
        must(apply(*store, {RowsSettled{.outcomes = outcomes, .at = at(2)}}));

        RC_ASSERT(statuses(*store, OutcomesOf::plan) == told);
        StatusCounts expected;
        std::uint64_t people = 0;
        for (const RecordedOutcome& one : outcomes_of(*store)) {
            RC_ASSERT(one.outcome.row <= input_rows);
            if (one.outcome.status != RowStatus::not_attempted)
                ++expected[one.outcome.status];
            people += one.outcome.contacts_added.value_or(0);
        }
        const Counts counts = must(store->counts(run_id));
        RC_ASSERT(counts.rows == expected);
        RC_ASSERT(counts.contacts_added == people);
    }));
}

}  // namespace seqload::state
