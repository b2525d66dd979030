#pragma once

// Whom a run added, and what is left of that to take back.
//
// Throws SQLite::Exception.

#include "seqload/base/error.hpp"
#include "seqload/state/removal.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// As Store::added_contacts. Error: damage.
Result<std::vector<AddedContact>> read_added_contacts(SQLite::Database& database,
                                                      const std::string& file, std::int64_t run,
                                                      const UndoScope& scope);

}  // namespace seqload::state
