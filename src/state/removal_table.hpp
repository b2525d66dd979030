#pragma once

// The table of removals: what an undo takes back.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "interned_text.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/change.hpp"
#include "seqload/state/removal.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

// Where contacts are in sequences, and where it is no longer known that they are.
struct Place {
    Id sequence;
    Id contact;
};

class RemovalTable {
public:
    // All must outlive it, and the texts must have turned to the run. file: for errors.
    RemovalTable(SQLite::Database& database, std::string file, Reasons& reasons, Details& details);

    // Whom it was about. Errors: there is no such removal, it is settled already,
    // or this is no outcome; damage.
    Result<Place> settle(std::int64_t run, const RemovalOutcome& outcome,
                         const RemovalsSettled& answer);

private:
    std::string file_;
    Reasons& reasons_;
    Details& details_;
    SQLite::Statement settle_;
};

// Numbered from 1, all waiting.
void insert_removals(SQLite::Database& database, std::int64_t run,
                     std::span<const AddedContact> contacts);

// Those that wait and are not about any of these contacts. How many there were; the
// run's totals are the fewer.
std::uint64_t delete_waiting_removals(SQLite::Database& database, std::int64_t run,
                                      std::span<const AddedContact> still_wanted);

// By number. Error: damage.
Result<std::vector<Removal>> read_removals(SQLite::Database& database, const std::string& file,
                                           std::int64_t run);

}  // namespace seqload::state
