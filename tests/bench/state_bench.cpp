// A batch of a hundred rows put in flight and settled, in memory, beside one plain table that takes
// a hundred rows by a prepared statement in a transaction.

#include "bench/demand.hpp"
#include "bench/made_ids.hpp"
#include "seqload/apollo/settle.hpp"
#include "seqload/state/store.hpp"
#include "state/new_run.hpp"

#include <array>
#include <memory>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

constexpr RowNumber rows_in_batch = 100;
constexpr const char* run_id = "20261123-213622-k7q2";

Batch batch_of(RowNumber first) {
    Batch batch{.target = 0, .contacts = {}, .labels = {}};
    for (RowNumber row = first; row < first + rows_in_batch; ++row)
        batch.contacts.push_back({row, made_id(row)});
    return batch;
}

std::unique_ptr<state::Store> store_with_run() {
    auto store = std::move(*state::Store::open_in_memory());
    state::NewRun run = state::test::new_run(run_id);
    run.api_url = "https://api.example.com";
    run.team = "team";
    demand(store->begin_run(run).has_value(), "a run begins");
    Target target;
    target.sequence = made_id(0);
    target.mailboxes = {made_id(0)};
    TargetTable targets;
    targets.intern(target);
    state::Plan plan{.targets = targets, .per_target = {}};
    plan.per_target.resize(1);
    plan.rows = 1;
    demand(store->record_plan(run_id, plan).has_value(), "the plan is on record");
    return store;
}

void settle(benchmark::State& state) {
    const auto store = store_with_run();
    state::BatchNumber number = 0;
    for (auto _ : state) {
        const auto first = static_cast<RowNumber>(number * rows_in_batch + 1);
        const Batch batch = batch_of(first);
        ++number;
        const std::array<state::Change, 2> changes{
            state::BatchInFlight{.batch = number, .content = batch, .attempt = 1, .at = {}},
            state::BatchSettled{.batch = number,
                                .outcomes = apollo::all(batch, RowStatus::added, "", ""),
                                .http_status = 200,
                                .attempts = 1,
                                .at = {}}};
        demand(store->apply(run_id, changes).has_value(), "it is on record");
    }
    const auto counts = store->counts(run_id);
    demand(counts &&
               counts->rows[RowStatus::added] == static_cast<std::uint64_t>(number) * rows_in_batch,
           "every row was added");
    state.SetItemsProcessed(rows_in_batch * state.iterations());
}

void insert(benchmark::State& state) {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE rows (row INTEGER PRIMARY KEY, contact BLOB, status INTEGER)");
    SQLite::Statement statement(database, "INSERT INTO rows VALUES (?, ?, ?)");
    RowNumber row = 0;
    for (auto _ : state) {
        SQLite::Transaction transaction(database);
        for (RowNumber place = 0; place < rows_in_batch; ++place) {
            const Id contact = made_id(++row);
            statement.bind(1, static_cast<std::int64_t>(row));
            statement.bind(2, contact.bytes().data(), static_cast<int>(Id::size));
            statement.bind(3, 1);
            demand(statement.exec() == 1, "a row is inserted");
            statement.reset();
        }
        transaction.commit();
    }
    state.SetItemsProcessed(rows_in_batch * state.iterations());
}

BENCHMARK(settle)->Name("batch settled/ours")->Unit(benchmark::kMicrosecond);
BENCHMARK(insert)->Name("batch settled/a table of rows")->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace seqload::bench
