#pragma once

// Forgetting old runs.

#include "seqload/base/clock.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <functional>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// As Store::prune says, but for the size of the file. is_active(run): somebody
// carries it out. Within a transaction. Throws SQLite::Exception.
Pruned prune_runs(SQLite::Database& database, WallTime begun_before,
                  const std::function<bool(std::int64_t)>& is_active);

// Makes the file as small as what is in it. Outside a transaction. Throws
// SQLite::Exception, but not if another process is writing or there is no room
// for the copy that is made on the way: then the file stays as it is, and its
// free pages are used again.
void tidy_up(SQLite::Database& database);

}  // namespace seqload::state
