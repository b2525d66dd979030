#pragma once

// The table of targets, and the totals of the plan in the run's row.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "seqload/base/error.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// Error: there is a plan already, or it does not say what it plans for each target.
Result<void> write_plan(SQLite::Database& database, const std::string& file, std::int64_t run,
                        const Plan& plan);

// The totals alone, for a run that has no targets of its own. Error: as above.
Result<void> write_totals(SQLite::Database& database, const std::string& file, std::int64_t run,
                          std::uint64_t rows, std::uint64_t minimum_requests);

// Forgets what a first pass that was broken off has settled. Error: there is a plan.
Result<void> forget_first_pass(SQLite::Database& database, const std::string& file,
                               std::int64_t run);

// Of the run's targets, by target. Error: damage.
using Sequences = std::unordered_map<TargetIndex, Id>;
Result<Sequences> read_sequences(SQLite::Database& database, const std::string& file,
                                 std::int64_t run);

// That target's. Error: damage, if the plan has no such target.
Result<Id> sequence_of(const Sequences& sequences, TargetIndex target, const std::string& file);

// nullopt: none was recorded. Error: damage.
Result<std::optional<RecordedPlan>> read_plan(SQLite::Database& database, const std::string& file,
                                              std::int64_t run);

}  // namespace seqload::state
