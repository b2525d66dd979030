#pragma once

// The table of targets, and the totals of the plan in the run's row.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "seqload/base/error.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// Error: there is a plan already, or it does not say what it plans for each target.
Result<void> write_plan(SQLite::Database& database, const std::string& file, std::int64_t run,
                        const Plan& plan);

// nullopt: none was recorded. Error: damage.
Result<std::optional<RecordedPlan>> read_plan(SQLite::Database& database, const std::string& file,
                                              std::int64_t run);

}  // namespace seqload::state
