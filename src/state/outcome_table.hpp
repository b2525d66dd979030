#pragma once

// The tables of outcomes and of the people whom labels reached.
//
// Throws SQLite::Exception. Within a transaction, and of no use any more after
// one that failed.

#include "interned_text.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

// Where the rows of one change got their outcome: in a batch, or at a time without one.
struct Settling {
    std::optional<BatchNumber> batch;
    std::optional<WallTime> at;
};

class OutcomeTable {
public:
    // All must outlive it, and the texts must have turned to the run. file: for errors.
    OutcomeTable(SQLite::Database& database, std::string file, Reasons& reasons, Details& details);

    // Error: a row has an outcome already, or this is none.
    Result<void> insert(std::int64_t run, std::span<const Outcome> outcomes,
                        const Settling& settling);

    void insert(std::int64_t run, std::span<const LabelContact> contacts);

    // The batch that the row was settled in; nullopt: it is not settled, or was never sent.
    std::optional<BatchNumber> batch_of(std::int64_t run, RowNumber row);

    // In place of the outcome that a row of a batch has. Error: this is none.
    Result<void> verify(std::int64_t run, const Outcome& outcome, WallTime at);

private:
    Result<void> check(const Outcome& outcome) const;
    bool insert_many(std::int64_t run, std::span<const Outcome> outcomes, const Settling& settling);
    Result<void> insert_one(std::int64_t run, const Outcome& outcome, const Settling& settling);

    std::string file_;
    Reasons& reasons_;
    Details& details_;
    SQLite::Statement insert_;
    SQLite::Statement insert_many_;
    SQLite::Statement insert_contact_;
    SQLite::Statement batch_of_;
    SQLite::Statement verify_;
};

}  // namespace seqload::state
