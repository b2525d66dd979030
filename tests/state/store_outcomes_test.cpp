#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

// Invalid, duplicate, added, skipped, a label that reached two people, and a
// batch that was never sent.
void record_every_kind(Store& store) {
    auto unsent = all({2}, RowStatus::invalid, "bad_contact_id", "xyz\x1b");
    unsent.push_back(all({7}, RowStatus::duplicate, reason::same_as_row).front());
    unsent.back().same_as = 3;
    must(apply(store, {RowsSettled{.outcomes = unsent, .at = at(1)}}));

    auto sent = all({3}, RowStatus::added);
    sent.front().contacts_added = 1;
    sent.front().contacts_skipped = 0;
    sent.push_back(all({5}, RowStatus::skipped, "contact_not_found").front());
    sent.back().contacts_added = 0;
    sent.back().contacts_skipped = 1;
    must(apply(store, {in_flight(1, contacts({3, 5}), 1, 2), settled(1, sent, 3)}));

    auto reached = all({1}, RowStatus::added);
    reached.front().contacts_added = 1;
    reached.front().contacts_skipped = 4'000'000'000;
    must(apply(store, {in_flight(2, label(1, "VIP, Führung"), 1, 4),
                       BatchSettled{.batch = 2,
                                    .outcomes = reached,
                                    .label_contacts = {{1, id(90), RowStatus::added, ""},
                                                       {1, id(80), RowStatus::skipped, "why"}},
                                    .http_status = 200,
                                    .attempts = 3,
                                    .at = at(5)}}));

    must(apply(store, {BatchSettled{.batch = 3,
                                    .content = contacts({4}, 1),
                                    .outcomes = all({4}, RowStatus::failed, "mailbox_inactive",
                                                    "not sent: no longer active"),
                                    .at = at(6)}}));
}

RecordedOutcome recorded(Outcome outcome, std::optional<BatchNumber> batch,
                         std::optional<unsigned> http_status, std::optional<std::uint32_t> attempts,
                         std::string request_id, WallTime settled_at) {
    return {.outcome = std::move(outcome),
            .batch = batch,
            .http_status = http_status,
            .attempts = attempts,
            .request_id = std::move(request_id),
            .settled_at = settled_at};
}

}  // namespace

TEST_CASE("outcomes come back whole and in the order of the rows, however they came in") {
    const auto store = begun_in_memory();
    record_every_kind(*store);
    const auto outcomes = outcomes_of(*store);
    REQUIRE(outcomes.size() == 6);

    Outcome reached = all({1}, RowStatus::added).front();
    reached.contacts_added = 1;
    reached.contacts_skipped = 4'000'000'000;
    CHECK(outcomes[0] == recorded(reached, 2, 200, 3, "", at(5)));
    CHECK(outcomes[1] == recorded(all({2}, RowStatus::invalid, "bad_contact_id", "xyz\x1b").front(),
                                  std::nullopt, std::nullopt, std::nullopt, "", at(1)));
    Outcome added = all({3}, RowStatus::added).front();
    added.contacts_added = 1;
    added.contacts_skipped = 0;
    CHECK(outcomes[2] == recorded(added, 1, 200, 1, "request-1", at(3)));
    CHECK(outcomes[3] ==
          recorded(
              all({4}, RowStatus::failed, "mailbox_inactive", "not sent: no longer active").front(),
              3, std::nullopt, 0, "", at(6)));
    CHECK(outcomes[4].outcome.reason == "contact_not_found");
    CHECK(full_reason(outcomes[5].outcome) == "same_as_row_3");
}

TEST_CASE("the people whom a label reached come back in the order in which they were named") {
    const auto store = begun_in_memory();
    record_every_kind(*store);
    const auto people = all_of(store->label_contacts(run_id));
    REQUIRE(people.size() == 2);
    CHECK(people[0] == LabelContact{1, id(90), RowStatus::added, ""});
    CHECK(people[1] == LabelContact{1, id(80), RowStatus::skipped, "why"});
}

TEST_CASE("counts are per status, per reason and per target") {
    const auto store = begun_in_memory();
    record_every_kind(*store);
    auto more = all({8}, RowStatus::duplicate, reason::same_as_row);
    more.front().same_as = 5;
    must(apply(*store, {RowsSettled{.outcomes = more, .at = at(9)}}));

    const Counts counts = must(store->counts(run_id));
    CHECK(counts.rows.total() == 7);
    CHECK(counts.rows[RowStatus::added] == 2);
    CHECK(counts.rows[RowStatus::skipped] == 1);
    CHECK(counts.rows[RowStatus::duplicate] == 2);
    CHECK(counts.rows[RowStatus::invalid] == 1);
    CHECK(counts.rows[RowStatus::failed] == 1);
    CHECK(counts.rows[RowStatus::unconfirmed] == 0);
    CHECK(counts.reasons == std::map<RowStatus, std::map<std::string, std::uint64_t>>{
                                {RowStatus::skipped, {{"contact_not_found", 1}}},
                                {RowStatus::duplicate, {{"same_as_row", 2}}},
                                {RowStatus::invalid, {{"bad_contact_id", 1}}},
                                {RowStatus::failed, {{"mailbox_inactive", 1}}}});
    CHECK(counts.contacts_added == 2);
    CHECK(counts.contacts_skipped == 4'000'000'001);
    REQUIRE(counts.targets.size() == 2);
    CHECK(counts.targets.at(0).rows.total() == 3);
    CHECK(counts.targets.at(0).contacts_added == 2);
    CHECK(counts.targets.at(1).rows[RowStatus::failed] == 1);
    CHECK(must(begun_in_memory()->counts(run_id)) == Counts{});
}

TEST_CASE("runs do not see each other's rows") {
    const auto store = begun_in_memory();
    record_every_kind(*store);
    const RunId other = "20261124-000000-0000";
    must(store->begin_run(new_run(other)));
    must(store->record_plan(other, plan_of(two_targets())));
    const std::vector<Change> changes{in_flight(1, contacts({3, 5}))};
    must(store->apply(other, changes));
    CHECK(all_of(store->outcomes(other)).empty());
    CHECK(must(store->counts(other)).rows.total() == 0);
    CHECK(must(store->open_batches(other)).size() == 1);
    CHECK(must(store->open_batches(run_id)).empty());
}

TEST_CASE("the details of rows are kept apart, whatever is in them") {
    const auto store = begun_in_memory();
    const std::vector<std::string> details{
        "", "a", std::string("\0b", 2), std::string(3000, 'c'), "ü☕", std::string(2'000'000, 'd'),
        "a"};
    std::vector<Outcome> outcomes;
    for (RowNumber row = 1; row <= details.size(); ++row)
        outcomes.push_back(all({row}, RowStatus::invalid, "bad_flag", details[row - 1]).front());
    must(apply(*store, {RowsSettled{.outcomes = outcomes, .at = at(1)}}));
    CHECK(plain_outcomes_of(*store) == outcomes);
}

TEST_CASE("details stay with their run when one store writes to two runs in turn") {
    const auto store = begun_in_memory();
    const RunId other = "20261124-000000-0000";
    must(store->begin_run(new_run(other)));
    for (RowNumber row = 1; row <= 4; ++row) {
        for (const RunId& run : {run_id, other}) {
            const std::vector<Change> changes{
                RowsSettled{.outcomes = all({row}, RowStatus::invalid, "bad_flag",
                                            row % 2 == 0 ? "shared" : run + std::to_string(row)),
                            .at = at(1)}};
            must(store->apply(run, changes));
        }
    }
    for (const RunId& run : {run_id, other}) {
        for (const RecordedOutcome& recorded : all_of(store->outcomes(run))) {
            const RowNumber row = recorded.outcome.row;
            CHECK(recorded.outcome.detail == (row % 2 == 0 ? "shared" : run + std::to_string(row)));
        }
    }
}

TEST_CASE("details and reasons are right when two stores write to one run in turn") {
    const test::TemporaryDirectory directory;
    const auto first = begun(open_store(directory.path() / "state.db"));
    const auto second = open_store(directory.path() / "state.db");
    RowNumber row = 0;
    for (int turn = 0; turn < 3; ++turn) {
        for (Store* store : {first.get(), second.get()}) {
            ++row;
            const std::string own = "detail of row " + std::to_string(row);
            auto outcomes = all({row}, RowStatus::invalid, "reason_" + std::to_string(row), own);
            outcomes.push_back(all({100 + row}, RowStatus::invalid, "shared", "shared").front());
            must(apply(*store, {RowsSettled{.outcomes = outcomes, .at = at(1)}}));
        }
    }
    for (const Outcome& outcome : plain_outcomes_of(*first)) {
        const std::string number = std::to_string(outcome.row);
        CHECK(outcome.detail == (outcome.row > 100 ? "shared" : "detail of row " + number));
        CHECK(outcome.reason == (outcome.row > 100 ? "shared" : "reason_" + number));
    }
}

TEST_CASE("a second connection reads what was committed while the first goes on writing") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto writer = begun(open_store(file));
    const auto reader = open_store(file);
    record_every_kind(*writer);
    CHECK(outcomes_of(*reader).size() == 6);
    must(apply(*writer, {in_flight(9, contacts({40}))}));
    CHECK(must(reader->open_batches(run_id)).size() == 1);
    CHECK(facts_of(*reader) == facts_of(*writer));
}

TEST_CASE("a cursor keeps to the moment at which it was made, and outlives its store") {
    const test::TemporaryDirectory directory;
    auto store = begun(open_store(directory.path() / "state.db"));
    record_every_kind(*store);
    auto cursor = must(store->outcomes(run_id));
    must(apply(*store, {RowsSettled{.outcomes = all({99}, RowStatus::invalid), .at = at(9)}}));
    CHECK(outcomes_of(*store).size() == 7);
    store.reset();

    int rows = 0;
    std::thread elsewhere([&] {
        while (must(cursor.next()))
            ++rows;
    });
    elsewhere.join();
    CHECK(rows == 6);
    CHECK_FALSE(must(cursor.next()));  // and again: nothing more
}

TEST_CASE("200,000 outcomes go in and come out, each once and in order") {
    const test::TemporaryDirectory directory;
    const auto store = begun(open_store(directory.path() / "state.db"));
    constexpr RowNumber rows = 200'000;
    constexpr RowNumber batches = 2'000;
    std::vector<Change> group;
    for (RowNumber batch = 1; batch <= batches; ++batch) {
        std::vector<RowNumber> members;  // interleaved: each batch takes from the whole input
        for (RowNumber row = batch; row <= rows; row += batches)
            members.push_back(row);
        group.push_back(in_flight(batch, contacts(members, batch % 2)));
        group.push_back(settled(batch, all(members, RowStatus::added)));
        if (batch % 50 == 0) {
            must(store->apply(run_id, group));
            group.clear();
        }
    }
    RowNumber expected = 0;
    auto cursor = must(store->outcomes(run_id));
    while (const auto outcome = must(cursor.next()))
        REQUIRE(outcome->outcome.row == ++expected);
    CHECK(expected == rows);
    CHECK(must(store->counts(run_id)).rows[RowStatus::added] == rows);
    CHECK(must(store->open_batches(run_id)).empty());
}

}  // namespace seqload::state
