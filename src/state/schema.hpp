#pragma once

// The tables of the state, and the way from an older version to this one.
// What each column means: README.md beside this file.

#include "seqload/base/error.hpp"

#include <functional>
#include <string>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// What a database says of itself.
struct SchemaMark {
    std::int64_t application_id = 0;
    std::int64_t version = 0;
    bool has_tables = false;

    // A database in which nothing was ever made.
    bool is_blank() const { return application_id == 0 && version == 0 && !has_tables; }
};

// Throws SQLite::Exception, also for a file that is no database.
SchemaMark read_mark(SQLite::Database& database);

// Whether this program can work with such a database, as it is or after
// migrate(). Errors: somebody else's database, a newer version. file: for them.
Result<void> check_mark(const SchemaMark& mark, const std::string& file);

// Brings a blank or older database to stored::schema_version, in one
// transaction: after a crash it is wholly old or wholly new. Does nothing if
// another process has done it meanwhile. prove: throws if the new tables are
// no good, which leaves the old ones. Throws SQLite::Exception.
Result<void> migrate(SQLite::Database& database, const std::string& file,
                     const std::function<void()>& prove);

}  // namespace seqload::state
