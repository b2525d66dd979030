#pragma once

// The tables of outcomes and of the people whom labels reached.
//
// Throws SQLite::Exception. Within a transaction, and of no use any more after
// one that failed.

#include "common_batches.hpp"
#include "interned_text.hpp"
#include "row_bitmap.hpp"
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

    // At the start of each transaction: which run it is about.
    void turn_to(std::int64_t run);

    // What is on record of the run may have changed: which of its rows are settled is looked up
    // anew.
    void forget_run() {
        settled_.reset();
        common_batches_.reset();
    }

    // An entry for each row, but for those that are alike to the common outcome, if there is one:
    // theirs is with their batch. Error: a row has an outcome already, or this is none.
    Result<void> insert(std::span<const Outcome> outcomes, const Settling& settling,
                        const Outcome* common = nullptr);

    void insert(std::span<const LabelContact> contacts);

    // The batch that the row was settled in; nullopt: it is not settled, or was never sent. Error:
    // damage.
    Result<std::optional<BatchNumber>> batch_of(RowNumber row);

    // In place of the outcome that a row of the batch has. True: it had the common one, and has an
    // entry of its own now. Error: this is none.
    Result<bool> verify(const Outcome& outcome, BatchNumber batch, WallTime at);

private:
    Result<void> check(const Outcome& outcome) const;
    Result<void> claim(std::span<const Outcome> outcomes);
    std::unexpected<Error> has_outcome(RowNumber row) const;
    bool insert_many(std::span<const Outcome> outcomes, const Settling& settling);
    Result<void> insert_one(const Outcome& outcome, const Settling& settling);

    SQLite::Database& database_;
    std::string file_;
    Reasons& reasons_;
    Details& details_;
    std::int64_t run_ = 0;
    // The table's key does not see rows that have a common outcome. nullopt: not looked up.
    std::optional<RowBitmap> settled_;
    std::optional<CommonBatchOfRow> common_batches_;
    SQLite::Statement insert_;
    SQLite::Statement insert_many_;
    SQLite::Statement insert_contact_;
    SQLite::Statement batch_of_;
    SQLite::Statement verify_;
    SQLite::Statement insert_verified_;
};

}  // namespace seqload::state
