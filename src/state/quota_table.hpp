#pragma once

// The tables of the quota log. Throws SQLite::Exception. Within a transaction
// where it writes.

#include "seqload/state/quota_log.hpp"

#include <cstdint>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// A new writer of the route's log. Forgets what happened before that time.
QuotaWriter join_log(SQLite::Database& database, const QuotaRoute& route, WallTime forget_before);

// What others have added since the writer last read, in order.
std::vector<ForeignQuotaEvent> read_foreign(SQLite::Database& database, QuotaWriter& writer);

// All that is in the log since that time, in order; nothing is written.
std::vector<ForeignQuotaEvent> read_log(SQLite::Database& database, const QuotaRoute& route,
                                        WallTime since);

// Adds an event of the writer's own.
void add_event(SQLite::Database& database, const QuotaWriter& writer, const QuotaEvent& event);

}  // namespace seqload::state
