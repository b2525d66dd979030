#pragma once

// The tables of runs and of their inputs.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "seqload/base/error.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// The number that stands for a run in all tables; nullopt: no such run.
std::optional<std::int64_t> find_run(SQLite::Database& database, const RunId& id);

void insert_run(SQLite::Database& database, const NewRun& run);

// In place of those that the run had.
void replace_inputs(SQLite::Database& database, std::int64_t run,
                    std::span<const InputFile> inputs);

void write_ending(SQLite::Database& database, std::int64_t run, const Ending& ending);

RunRecord read_run(SQLite::Database& database, std::int64_t run);

// The numbers of all runs, the last begun first.
std::vector<std::int64_t> list_runs(SQLite::Database& database);

}  // namespace seqload::state
