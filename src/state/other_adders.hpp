#pragma once

// Whether another run is known to have put a contact into a sequence last.
//
// Throws SQLite::Exception.

#include "seqload/model/id.hpp"

#include <cstdint>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

// Another than this run, at the same host. Ids of sequences are Apollo's own, so it
// does not matter with which key it was done.
class OtherAdders {
public:
    OtherAdders(SQLite::Database& database, std::int64_t run);

    bool added(const Id& sequence, const Id& contact);

private:
    std::int64_t run_;
    SQLite::Statement find_;
};

}  // namespace seqload::state
