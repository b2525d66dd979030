#include "state/state_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <chrono>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>
#include <sqlite3.h>

namespace seqload::state {

namespace {

// A load, begun so many days after the first, with rows in a batch; ended or not.
void load(const std::filesystem::path& file, const RunId& name, int day, bool is_done = true) {
    const auto store = open_store(file);
    NewRun run = new_run(name);
    run.started_at = at(0) + std::chrono::days(day);
    must(store->begin_run(run));
    must(store->record_plan(name, plan_of(two_targets())));
    std::vector<Change> changes{
        RowsSettled{.outcomes = all({9}, RowStatus::invalid, "bad_flag", "maybe"), .at = at(1)},
        in_flight(1, contacts({1, 2})), in_flight(2, label(3, "VIP"))};
    if (is_done) {
        changes.push_back(settled(1, all({1, 2}, RowStatus::added)));
        changes.push_back(BatchSettled{.batch = 2,
                                       .outcomes = all({3}, RowStatus::added),
                                       .label_contacts = {{3, id(30), RowStatus::added, ""}},
                                       .at = at(2)});
    }
    must(store->apply(name, changes));
}

void undo(const std::filesystem::path& file, const RunId& name, const RunId& load, int day) {
    const auto store = open_store(file);
    NewRun run = new_run(name);
    run.undoes = load;
    run.started_at = at(0) + std::chrono::days(day);
    must(store->begin_run(run));
    must(store->record_removals(name, must(store->added_contacts(load, {})), 1));
}

std::vector<RunId> runs_in(const Store& store) {
    std::vector<RunId> names;
    for (const RunRecord& run : must(store.runs()))
        names.push_back(run.id);
    return names;
}

// In all tables that belong to runs.
std::int64_t rows_of_runs(const std::filesystem::path& file) {
    SQLite::Database database(file.string());
    std::int64_t rows = 0;
    for (const std::string table : {"runs", "inputs", "targets", "batches", "details", "outcomes",
                                    "label_contacts", "removals"})
        rows += database.execAndGet("SELECT count(*) FROM " + table).getInt64();
    return rows;
}

// Some hundred kilobytes.
void large_load(const std::filesystem::path& file) {
    const auto store = begun(open_store(file));
    std::vector<RowNumber> rows(20'000);
    std::iota(rows.begin(), rows.end(), RowNumber{1});
    must(apply(*store, {in_flight(1, contacts(rows)),
                        settled(1, all(rows, RowStatus::skipped, "contact_not_found"))}));
}

const WallTime day_5 = at(0) + std::chrono::days(5);

}  // namespace

TEST_CASE("runs that began before are forgotten with all that is theirs, later ones stay") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    load(file, "old", 0);
    load(file, "at that time", 5);
    const std::int64_t of_both = rows_of_runs(file);
    const std::string kept = [&] {
        const std::string facts = facts_of(*open_store(file));
        return facts.substr(0, facts.find("run old"));
    }();

    const auto store = open_store(file);
    CHECK(must(store->prune(day_5)) == Pruned{.runs = 1, .kept_open = 0});
    CHECK(runs_in(*store) == std::vector<RunId>{"at that time"});
    CHECK(facts_of(*store) == kept);
    CHECK(rows_of_runs(file) == of_both / 2);
    CHECK(must(store->prune(day_5)) == Pruned{});
}

TEST_CASE("what the ledger learned from a run outlives it") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    load(file, "old", 0);
    const auto store = open_store(file);
    must(store->prune(day_5));
    auto ledger = must(store->ledger("https://api.apollo.io", "a1b2c3d4"));
    CHECK(must(ledger.size()) == 3);
    CHECK(must(ledger.find(id(0xa1), id(1))) == "old");
    // A run that comes later is another one.
    must(store->begin_run(new_run()));
    CHECK(outcomes_of(*store).empty());
}

TEST_CASE("runs with open batches and runs that are being carried out are kept") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    load(file, "done", 0);
    load(file, "stopped", 1, false);
    load(file, "taken", 2);
    const auto other = open_store(file);
    must(other->take("taken"));
    const auto store = open_store(file);
    CHECK(must(store->prune(day_5)) == Pruned{.runs = 1, .kept_open = 2});
    CHECK(runs_in(*store) == std::vector<RunId>{"taken", "stopped"});
}

TEST_CASE("an undo stays as long as what it undoes") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    load(file, "load", 0);
    undo(file, "undo", "load", 1);
    auto store = open_store(file);
    must(store->take("load"));
    CHECK(must(store->prune(day_5)) == Pruned{.runs = 0, .kept_open = 2});
    store = open_store(file);
    CHECK(must(store->prune(day_5)) == Pruned{.runs = 2, .kept_open = 0});
    CHECK(rows_of_runs(file) == 0);
}

TEST_CASE("the file is smaller afterwards") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    large_load(file);
    const auto before = std::filesystem::file_size(file);
    must(open_store(file)->prune(day_5));
    CHECK(std::filesystem::file_size(file) < before / 4);
}

TEST_CASE("a disk that has no room for the tidying keeps nobody from forgetting runs") {
    const test::TemporaryDirectory directory;
    const auto made = directory.path() / "made.db";
    large_load(made);
    test::FailingVfs vfs;
    bool was_pruned_without_room = false;
    for (long n = 0;; n += 7) {
        CAPTURE(n);
        const auto file = directory.path() / "state.db";
        std::filesystem::copy_file(made, file, std::filesystem::copy_options::overwrite_existing);
        auto store = open_store(file, {.vfs = vfs.name()});
        const long failures = vfs.failures();
        vfs.fail_from(n, SQLITE_FULL);
        const Result<Pruned> pruned = store->prune(day_5);
        const bool was_full = vfs.failures() > failures;
        store.reset();
        vfs.heal();
        if (!pruned)
            CHECK(pruned.error().what == "the disk is full, the state could not be written");
        CHECK(runs_in(*open_store(file)).empty() == pruned.has_value());
        was_pruned_without_room = was_pruned_without_room || (pruned && was_full);
        if (!was_full)
            break;
    }
    CHECK(was_pruned_without_room);
}

TEST_CASE("a load is kept for an unfinished undo that is kept") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    load(file, "load", 1);
    undo(file, "undo", "load", 8);
    CHECK(must(open_store(file)->prune(day_5)) == Pruned{.runs = 0, .kept_open = 1});
    must(open_store(file)->apply(
        "undo", std::vector<Change>{
                    RemovalsSettled{.outcomes = {{.number = 1, .status = RemovalStatus::removed},
                                                 {.number = 2, .status = RemovalStatus::removed},
                                                 {.number = 3, .status = RemovalStatus::removed}},
                                    .leaves_sequence = true,
                                    .http_status = 200,
                                    .attempts = 1,
                                    .at = at(9)}}));
    CHECK(must(open_store(file)->prune(day_5)) == Pruned{.runs = 1, .kept_open = 0});
}

}  // namespace seqload::state
