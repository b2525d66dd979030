#pragma once

// Which rows of a run are done with, and which of them are in doubt.
//
// Throws SQLite::Exception.

#include "seqload/base/error.hpp"
#include "seqload/state/doubtful_row.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// Errors: damage.
Result<std::vector<bool>> read_settled_rows(SQLite::Database& database, const std::string& file,
                                            std::int64_t run);
Result<std::vector<DoubtfulRow>> read_rows_to_verify(SQLite::Database& database,
                                                     const std::string& file, std::int64_t run,
                                                     bool all_added);

std::uint64_t count_label_rows_in_doubt(SQLite::Database& database, std::int64_t run);

}  // namespace seqload::state
