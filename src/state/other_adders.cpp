#include "other_adders.hpp"

#include "binding.hpp"
#include "bytes.hpp"

#include <string>

namespace seqload::state {

OtherAdders::OtherAdders(SQLite::Database& database, std::int64_t run)
    : run_(run),
      find_(database,
            "SELECT 1 FROM runs r JOIN places p ON p.api_url = r.api_url AND p.sequence = ? "
            "JOIN ledger l ON l.place = p.place AND l.contact = ? AND l.how = 1 "
            "JOIN sources s ON s.source = l.source AND s.run_id <> r.id WHERE r.run = ?") {}

bool OtherAdders::added(const Id& sequence, const Id& contact) {
    start(find_, Blob{bytes_of(sequence)}, Blob{bytes_of(contact)}, run_);
    const bool found = find_.executeStep();
    find_.reset();
    return found;
}

}  // namespace seqload::state
