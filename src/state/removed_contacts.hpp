#pragma once

// Whom undos of a run have taken back, or have found gone: one whose answer was lost
// finds out only from the next try, which names nobody.
//
// Throws SQLite::Exception.

#include "seqload/model/id.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

class RemovedContacts {
public:
    // By undos that remove, and by those of that mode: whom one has only stopped can
    // still be removed.
    RemovedContacts(SQLite::Database& database, std::int64_t run, const std::string& mode);

    bool contains(const Id& sequence, const Id& contact) const;

private:
    std::set<std::pair<std::string, std::string>> removed_;  // sequence, contact
};

}  // namespace seqload::state
