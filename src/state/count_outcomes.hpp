#pragma once

// The counts of a run, added up by SQLite.

#include "seqload/base/error.hpp"
#include "seqload/state/counts.hpp"

#include <cstdint>
#include <string>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// Throws SQLite::Exception. Error: damage.
Result<Counts> count_outcomes(SQLite::Database& database, const std::string& file,
                              std::int64_t run);

}  // namespace seqload::state
