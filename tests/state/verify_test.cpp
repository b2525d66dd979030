#include "state/state_fixture.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

// Rows of every fate in doubt and out of it: 1 added, 2 unconfirmed, 3 there
// already or added by a lost try, 4 failed, 5 invalid; 6 is a label.
std::unique_ptr<Store> with_doubts() {
    auto store = begun_in_memory();
    std::vector<Outcome> outcomes = all({1}, RowStatus::added);
    for (const auto& more : {all({2}, RowStatus::unconfirmed, "not_named", "201"),
                             all({3}, RowStatus::already_in_sequence, "answer_lost"),
                             all({4}, RowStatus::failed, "rejected")})
        outcomes.push_back(more.front());
    must(apply(*store, {RowsSettled{.outcomes = all({5}, RowStatus::invalid), .at = at(0)},
                        in_flight(1, contacts({4, 3, 2, 1}, 1)), settled(1, outcomes),
                        in_flight(2, label(6, "VIP")),
                        settled(2, all({6}, RowStatus::unconfirmed, "answer_lost"))}));
    return store;
}

Change verified(RowNumber row, RowStatus status, std::string_view reason = "", int second = 60) {
    Outcome outcome = all({row}, status, reason).front();
    outcome.contacts_added = status == RowStatus::added ? 1 : 0;
    return RowsVerified{.outcomes = {outcome}, .at = at(second)};
}

std::optional<RunId> row_known(const Store& store, RowNumber row) {
    auto ledger = must(store.ledger("https://api.apollo.io", "a1b2c3d4"));
    return must(ledger.find(id(0xa2), id(row)));
}

std::string refusal_to_verify(Store& store, const Change& change) {
    const std::string before = facts_of(store);
    const std::string what = apply(store, {change}).error().what;
    CHECK(facts_of(store) == before);
    return what;
}

}  // namespace

TEST_CASE("contacts whose fate is in doubt are to be verified, with what was asked for them") {
    const auto store = with_doubts();
    CHECK(must(store->rows_to_verify(run_id, false)) ==
          std::vector<DoubtfulRow>{
              {.row = 2, .contact = id(2), .target = 1, .status = RowStatus::unconfirmed},
              {.row = 3, .contact = id(3), .target = 1, .status = RowStatus::already_in_sequence}});
    CHECK(must(store->label_rows_in_doubt(run_id)) == 1);
    CHECK(must(begun_in_memory()->rows_to_verify(run_id, true)).empty());
}

TEST_CASE("every added contact can be verified, too") {
    const auto store = with_doubts();
    const auto rows = must(store->rows_to_verify(run_id, true));
    REQUIRE(rows.size() == 3);
    CHECK(rows.front() ==
          DoubtfulRow{.row = 1, .contact = id(1), .target = 1, .status = RowStatus::added});
}

TEST_CASE("what verifying found stands in place of the doubt, and says so") {
    const auto store = with_doubts();
    must(apply(*store, {verified(2, RowStatus::added)}));
    const RecordedOutcome recorded = outcomes_of(*store).at(1);
    CHECK(recorded.verified);
    CHECK(recorded.settled_at == at(60));
    CHECK(recorded.outcome ==
          std::get<RowsVerified>(verified(2, RowStatus::added)).outcomes.front());
    CHECK(recorded.batch == 1);
    CHECK(recorded.http_status == 200);  // of the request that sent it
    CHECK_FALSE(outcomes_of(*store).at(0).verified);
    CHECK(must(store->counts(run_id)).rows[RowStatus::unconfirmed] == 1);  // the label
}

TEST_CASE("a row that was verified is not asked about again, even if doubt remains in it") {
    const auto store = with_doubts();
    must(apply(*store, {verified(2, RowStatus::skipped, "contact_not_found"),
                        verified(3, RowStatus::already_in_sequence, "answer_lost")}));
    CHECK(must(store->rows_to_verify(run_id, false)).empty());
    CHECK(must(store->rows_to_verify(run_id, true)).size() == 1);
    must(apply(*store, {verified(2, RowStatus::added, "", 90)}));  // but it may be told anew
    CHECK(outcomes_of(*store).at(1).settled_at == at(90));
}

TEST_CASE("the ledger follows what verifying found") {
    const auto store = with_doubts();
    CHECK_FALSE(row_known(*store, 2));
    CHECK(row_known(*store, 3) == run_id);
    must(apply(*store, {verified(2, RowStatus::added),
                        verified(3, RowStatus::failed, "contact_not_found")}));
    CHECK(row_known(*store, 2) == run_id);
    CHECK_FALSE(row_known(*store, 3));
    must(apply(*store, {verified(3, RowStatus::already_in_sequence)}));
    CHECK(row_known(*store, 3) == run_id);
}

TEST_CASE("only contact rows that were settled in a batch are verified") {
    const std::string start = "this contradicts what is on record: ";
    CHECK(refusal_to_verify(*with_doubts(), verified(5, RowStatus::added)) ==
          start + "row 5 is verified, but was not settled in a batch");
    CHECK(refusal_to_verify(*with_doubts(), verified(7, RowStatus::added)) ==
          start + "row 7 is verified, but was not settled in a batch");
    CHECK(refusal_to_verify(*with_doubts(), verified(6, RowStatus::added)) ==
          start + "row 6 is verified, but names no contact");
    CHECK(refusal_to_verify(*with_doubts(), verified(2, RowStatus::not_attempted)) ==
          start + "row 2 cannot be settled as not_attempted");
}

TEST_CASE("whom another run has added since is not this run's doing, and the row says so") {
    const auto store = with_doubts();
    must(store->begin_run(new_run("later")));
    must(store->record_plan("later", plan_of(two_targets())));
    must(store->apply("later", std::vector{in_flight(1, contacts({2, 3}, 1)),
                                           settled(1, all({2, 3}, RowStatus::added))}));
    const auto rows = must(store->rows_to_verify(run_id, true));
    REQUIRE(rows.size() == 3);
    CHECK_FALSE(rows.at(0).added_by_another_run);
    CHECK(rows.at(1).added_by_another_run);
    CHECK(rows.at(2).added_by_another_run);
}

TEST_CASE("whom an undo has taken back is not verified any more") {
    const auto store = with_doubts();
    NewRun undo = new_run("undo");
    undo.command = "undo";
    undo.inputs.clear();
    undo.undoes = run_id;
    must(store->begin_run(undo));
    const auto contacts = must(store->added_contacts(run_id, {}));
    must(store->record_removals("undo", contacts, 1));
    CHECK(must(store->rows_to_verify(run_id, true)).size() == 3);
    must(store->apply("undo", std::vector<Change>{RemovalsSettled{
                                  .outcomes = {{.number = 1, .status = RemovalStatus::removed}},
                                  .leaves_sequence = true,
                                  .http_status = 200,
                                  .attempts = 1,
                                  .at = at(9)}}));
    const auto rows = must(store->rows_to_verify(run_id, true));
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).row == 2);
}

}  // namespace seqload::state
