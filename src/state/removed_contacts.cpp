#include "removed_contacts.hpp"

#include "binding.hpp"
#include "bytes.hpp"

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

RemovedContacts::RemovedContacts(SQLite::Database& database, std::int64_t run,
                                 const std::string& mode) {
    SQLite::Statement rows(database,
                           "SELECT m.sequence, m.contact FROM runs r "
                           "JOIN runs u ON u.undoes = r.id JOIN removals m ON m.run = u.run "
                           "WHERE r.run = ? AND m.status IN (2, 3) "
                           "AND coalesce(json_extract(u.options, '$.mode'), 'remove') "
                           "IN ('remove', ?)");
    start(rows, run, mode);
    while (rows.executeStep())
        removed_.emplace(text_at(rows, 0), text_at(rows, 1));
}

bool RemovedContacts::contains(const Id& sequence, const Id& contact) const {
    return !removed_.empty() &&
           removed_.contains({std::string(bytes_of(sequence)), std::string(bytes_of(contact))});
}

}  // namespace seqload::state
