#pragma once

// Adds requests to the totals of their run, once for each transaction.
//
// Throws SQLite::Exception. Of no use any more after a transaction that failed.

#include "seqload/state/run_facts.hpp"

#include <cstdint>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

class RequestCounter {
public:
    explicit RequestCounter(SQLite::Database& database);

    void count(const RequestTotals& more);
    void take_back(const RequestTotals& less);

    // At the end of the transaction: adds what was counted in it.
    void write(std::int64_t run);

private:
    RequestTotals counted_;
    SQLite::Statement add_;
};

}  // namespace seqload::state
