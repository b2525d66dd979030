#include "state/state_fixture.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

const RunId undo_id = "20261124-080000-undo";
const Id first_sequence = id(0xa1);
const Id second_sequence = id(0xa2);

Change settled_with(BatchNumber batch, const std::vector<std::vector<Outcome>>& fates) {
    std::vector<Outcome> outcomes;
    for (const auto& fate : fates)
        outcomes.insert(outcomes.end(), fate.begin(), fate.end());
    return settled(batch, outcomes);
}

// In the first sequence: 1 and 9 added, 2 there before, 3 perhaps added, 4
// unconfirmed. In the second: 5 added, and by the label of row 6 the contacts 30
// (added), 31 (there before), 32 (perhaps added) and 5, once more.
std::unique_ptr<Store> loaded() {
    auto store = begun_in_memory();
    must(
        apply(*store,
              {in_flight(1, contacts({9, 1, 2, 3, 4})),
               settled_with(1, {all({1, 9}, RowStatus::added),
                                all({2}, RowStatus::already_in_sequence, "already_exists"),
                                all({3}, RowStatus::already_in_sequence, "answer_lost"),
                                all({4}, RowStatus::unconfirmed, "answer_lost")}),
               in_flight(2, contacts({5}, 1)), settled(2, all({5}, RowStatus::added)),
               in_flight(3, label(6, "VIP", 1)),
               BatchSettled{
                   .batch = 3,
                   .outcomes = all({6}, RowStatus::added),
                   .label_contacts = {{6, id(30), RowStatus::added, ""},
                                      {6, id(31), RowStatus::already_in_sequence, "already_exists"},
                                      {6, id(32), RowStatus::already_in_sequence, "answer_lost"},
                                      {6, id(5), RowStatus::added, ""}},
                   .at = at(3)}}));
    return store;
}

NewRun undo_run(const RunId& name = undo_id) {
    NewRun run = new_run(name);
    run.command = "undo";
    run.inputs.clear();
    run.undoes = run_id;
    return run;
}

std::vector<AddedContact> begin_undo(Store& store, const RunId& name = undo_id) {
    auto contacts = must(store.added_contacts(run_id, {}));
    must(store.begin_run(undo_run(name)));
    must(store.record_removals(name, contacts, 2));
    return contacts;
}

Change removed(const std::vector<RemovalOutcome>& outcomes, bool leaves_sequence = true) {
    return RemovalsSettled{.outcomes = outcomes,
                           .leaves_sequence = leaves_sequence,
                           .http_status = 200,
                           .attempts = 2,
                           .request_id = "r-9",
                           .at = at(90)};
}

Result<void> apply_undo(Store& store, const Change& change) {
    return store.apply(undo_id, std::vector{change});
}

std::optional<RunId> known(const Store& store, const Id& sequence, const Id& contact) {
    auto ledger = must(store.ledger("https://api.apollo.io", "a1b2c3d4"));
    return must(ledger.find(sequence, contact));
}

}  // namespace

TEST_CASE("exactly the contacts that the run itself added are to be taken back, each once") {
    const auto store = loaded();
    CHECK(must(store->added_contacts(run_id, {})) ==
          std::vector<AddedContact>{{1, id(1), first_sequence},
                                    {9, id(9), first_sequence},
                                    {5, id(5), second_sequence},
                                    {6, id(30), second_sequence}});
    CHECK(must(store->added_contacts(run_id, {.include_answer_lost = true})) ==
          std::vector<AddedContact>{{1, id(1), first_sequence},
                                    {3, id(3), first_sequence},
                                    {9, id(9), first_sequence},
                                    {5, id(5), second_sequence},
                                    {6, id(30), second_sequence},
                                    {6, id(32), second_sequence}});
}

TEST_CASE("an undo is planned with what it removes, and all of it waits") {
    const auto store = loaded();
    begin_undo(*store);
    const RunRecord run = must(store->run(undo_id));
    CHECK(run.undoes == run_id);
    CHECK(run.planned_rows == 4);
    CHECK(run.minimum_requests == 2);
    CHECK_FALSE(must(store->run(run_id)).undoes);

    const auto removals = must(store->removals(undo_id));
    REQUIRE(removals.size() == 4);
    CHECK(removals.at(1) == Removal{.number = 2,
                                    .row = 9,
                                    .contact = id(9),
                                    .sequence = first_sequence,
                                    .status = RemovalStatus::waiting});
    CHECK(must(store->removals(run_id)).empty());
    CHECK(name(removals.at(1).status) == "not_attempted");
    CHECK(store->record_removals(undo_id, {}, 0).error().what ==
          "this contradicts what is on record: the run has a plan already");
}

TEST_CASE("what became of a removal is on record with the answer that told it") {
    const auto store = loaded();
    begin_undo(*store);
    must(apply_undo(*store, removed({{.number = 2, .status = RemovalStatus::removed},
                                     {.number = 1,
                                      .status = RemovalStatus::failed,
                                      .reason = "rejected",
                                      .detail = "no such contact"}})));
    const auto removals = must(store->removals(undo_id));
    CHECK(removals.at(0) == Removal{.number = 1,
                                    .row = 1,
                                    .contact = id(1),
                                    .sequence = first_sequence,
                                    .status = RemovalStatus::failed,
                                    .reason = "rejected",
                                    .detail = "no such contact",
                                    .http_status = 200,
                                    .attempts = 2,
                                    .request_id = "r-9",
                                    .settled_at = at(90)});
    CHECK(removals.at(1).status == RemovalStatus::removed);
    CHECK(removals.at(2).status == RemovalStatus::waiting);
}

TEST_CASE("a removal is settled once, and none that was not planned") {
    const std::string start = "this contradicts what is on record: ";
    for (const std::uint64_t number : {1U, 5U}) {
        const auto store = loaded();
        begin_undo(*store);
        const Change change = removed({{.number = 1, .status = RemovalStatus::removed}});
        must(apply_undo(*store, change));
        CHECK(apply_undo(*store, removed({{.number = 2, .status = RemovalStatus::removed},
                                          {.number = number, .status = RemovalStatus::failed}}))
                  .error()
                  .what == start + "removal " + std::to_string(number) +
                               " is not planned, or has its outcome already");
        CHECK(must(store->removals(undo_id)).at(1).status == RemovalStatus::waiting);
    }
    const auto store = loaded();
    begin_undo(*store);
    CHECK(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::waiting}}))
              .error()
              .what == start + "removal 1 cannot be settled as not_attempted");
}

TEST_CASE("who was taken out of a sequence is not known to be in it any more") {
    const auto store = loaded();
    begin_undo(*store);
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed},
                                     {.number = 2, .status = RemovalStatus::failed},
                                     {.number = 3, .status = RemovalStatus::not_in_sequence}})));
    CHECK_FALSE(known(*store, first_sequence, id(1)));
    CHECK(known(*store, first_sequence, id(9)) == run_id);
    CHECK_FALSE(known(*store, second_sequence, id(5)));
    CHECK(known(*store, second_sequence, id(30)) == run_id);
}

TEST_CASE("who was only stopped is still in the sequence") {
    const auto store = loaded();
    begin_undo(*store);
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed}}, false)));
    CHECK(known(*store, first_sequence, id(1)) == run_id);
}

TEST_CASE("what was removed from the ledger comes back with the run that adds it again") {
    const auto store = loaded();
    begin_undo(*store);
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed}})));
    must(store->begin_run(new_run("again")));
    must(store->record_plan("again", plan_of(two_targets())));
    must(store->apply(
        "again", std::vector{in_flight(1, contacts({1})), settled(1, all({1}, RowStatus::added))}));
    CHECK(known(*store, first_sequence, id(1)) == "again");
}

TEST_CASE("undoing twice takes back only what the first time did not") {
    const auto store = loaded();
    begin_undo(*store);
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed},
                                     {.number = 2, .status = RemovalStatus::not_in_sequence},
                                     {.number = 3, .status = RemovalStatus::failed}})));
    const auto rest = begin_undo(*store, "second undo");
    CHECK(rest ==
          std::vector<AddedContact>{{5, id(5), second_sequence}, {6, id(30), second_sequence}});
    // An undo of another run does not count.
    NewRun other = undo_run("other undo");
    other.undoes = "another load";
    must(store->begin_run(other));
    must(store->record_removals("other undo", rest, 1));
    must(store->apply("other undo",
                      std::vector{removed({{.number = 1, .status = RemovalStatus::removed}})}));
    CHECK(must(store->added_contacts(run_id, {})) == rest);
}

TEST_CASE("whom an undo has only stopped can still be removed, and is not stopped twice") {
    const auto store = loaded();
    NewRun stopping = undo_run();
    stopping.options_json = R"({"mode": "stop"})";
    const auto contacts = must(store->added_contacts(run_id, {.mode = "stop"}));
    must(store->begin_run(stopping));
    must(store->record_removals(undo_id, contacts, 2));
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed}}, false)));
    CHECK(must(store->added_contacts(run_id, {.mode = "stop"})).size() == contacts.size() - 1);
    CHECK(must(store->added_contacts(run_id, {.mode = "remove"})) == contacts);
    CHECK(must(store->added_contacts(run_id, {.mode = "mark_as_finished"})) == contacts);
}

TEST_CASE("whom another run has added since is that run's to take back") {
    const auto store = loaded();
    must(store->begin_run(new_run("later")));
    must(store->record_plan("later", plan_of(two_targets())));
    must(store->apply("later", std::vector{in_flight(1, contacts({1, 9})),
                                           settled_with(1, {all({1}, RowStatus::added),
                                                            all({9}, RowStatus::already_in_sequence,
                                                                "already_exists")})}));
    CHECK(must(store->added_contacts(run_id, {})) ==
          std::vector<AddedContact>{{9, id(9), first_sequence},
                                    {5, id(5), second_sequence},
                                    {6, id(30), second_sequence}});
    CHECK(must(store->added_contacts("later", {})) ==
          std::vector<AddedContact>{{1, id(1), first_sequence}});
    CHECK(known(*store, first_sequence, id(1)) == "later");
    CHECK(known(*store, first_sequence, id(9)) == run_id);
}

TEST_CASE("an undo that is taken up again drops whom others have seen to meanwhile") {
    const auto store = loaded();
    begin_undo(*store);  // 1, 9 | 5, 30
    must(apply_undo(*store, removed({{.number = 1, .status = RemovalStatus::removed}})));
    CHECK(must(store->drop_removals(undo_id, run_id, {})) == 0);
    CHECK(must(store->removals(undo_id)).size() == 4);

    begin_undo(*store, "second undo");  // 9 | 5, 30
    must(store->apply("second undo",
                      std::vector{removed({{.number = 1, .status = RemovalStatus::removed}})}));
    must(store->begin_run(new_run("later")));
    must(store->record_plan("later", plan_of(two_targets())));
    must(store->apply(
        "later",
        std::vector{in_flight(1, contacts({9})), settled(1, all({9}, RowStatus::added)),
                    in_flight(2, contacts({5}, 1)), settled(2, all({5}, RowStatus::added))}));

    CHECK(must(store->drop_removals(undo_id, run_id, {})) == 2);
    const auto left = must(store->removals(undo_id));
    REQUIRE(left.size() == 2);
    CHECK(left.at(0).status == RemovalStatus::removed);
    CHECK(left.at(1).contact == id(30));
    CHECK(must(store->run(undo_id)).planned_rows == 2);
    CHECK(must(store->drop_removals(undo_id, run_id, {})) == 0);
}

}  // namespace seqload::state
