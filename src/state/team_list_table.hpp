#pragma once

// The table of the teams' lists. Throws SQLite::Exception. Within a transaction
// where it writes.

#include "seqload/state/team_list.hpp"

#include <optional>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// In place of what was kept of it, unless that was read later.
void write_list(SQLite::Database& database, const TeamListKey& key, const TeamList& list);

std::optional<TeamList> read_list(SQLite::Database& database, const TeamListKey& key);

}  // namespace seqload::state
