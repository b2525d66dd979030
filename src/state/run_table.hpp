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

// The number that stands for the new run from now on. process carries it out.
std::int64_t insert_run(SQLite::Database& database, const NewRun& run, std::int64_t process);

// Which process has taken the run. Says nothing of whether it still lives.
void write_process(SQLite::Database& database, std::int64_t run, std::int64_t process);
std::int64_t read_process(SQLite::Database& database, std::int64_t run);

// In place of those that the run had.
void replace_inputs(SQLite::Database& database, std::int64_t run,
                    std::span<const InputFile> inputs);

// The file of its expanded labels' contacts, behind the inputs that it has by now.
void insert_expanded_input(SQLite::Database& database, std::int64_t run, const InputFile& input);

void write_ending(SQLite::Database& database, std::int64_t run, const Ending& ending);

// The run goes on, with a key of that fingerprint; the counters of its ending stay.
void begin_anew(SQLite::Database& database, std::int64_t run, const std::string& team);

// process is what write_process wrote last.
RunRecord read_run(SQLite::Database& database, std::int64_t run);

// Without that of expanded labels, which has a function of its own.
std::vector<InputFile> read_inputs(SQLite::Database& database, std::int64_t run);
std::optional<InputFile> read_expanded_input(SQLite::Database& database, std::int64_t run);

// Another run of the same API host that has an input of these bytes.
struct SameInput {
    std::int64_t run = 0;
    RunId id;
    std::int64_t process = 0;  // as write_process wrote it
};
std::vector<SameInput> find_same_input(SQLite::Database& database, std::int64_t run,
                                       const InputFile& input);

// The numbers of all runs, the last begun first.
std::vector<std::int64_t> list_runs(SQLite::Database& database);

}  // namespace seqload::state
