#pragma once

// What became of the rows of a run, by row: those with an outcome of their own and those that have
// the one that their batch's rows share, as if each had been stored by itself.
//
// Throws SQLite::Exception. All of it must be read at one moment: in a transaction, or while a
// statement on the same connection is being read.

#include "common_rows.hpp"
#include "quick_statement.hpp"
#include "seqload/base/error.hpp"
#include "stored_outcome.hpp"

#include <cstdint>
#include <expected>
#include <string>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

class OutcomeRows {
public:
    // Of the rows from the first up to before the end. file: for errors.
    OutcomeRows(SQLite::Database& database, const std::string& file, std::int64_t run,
                RowNumber first = 0, std::uint64_t end = no_row);

    // Valid until the next call; nullptr after the last. Error: damage, and nothing follows.
    Result<const StoredOutcome*> next();

    // Whether the row that next() went to has the outcome that its batch's rows share.
    bool is_common() const { return current_ != &own_outcome_; }

    // Visits all that are left, in order, until a visit returns an error, which is then returned.
    template <class Visit>
    Result<void> for_each(Visit visit) {
        for (;;) {
            const auto row = next();
            if (!row)
                return std::unexpected(row.error());
            if (*row == nullptr)
                return {};
            if (Result<void> visited = visit(**row); !visited)
                return visited;
        }
    }

private:
    Result<void> leave_current();
    void step_own();

    std::string file_;
    std::uint64_t end_;
    CommonRows common_;
    QuickStatement own_;
    bool started_ = false;
    StoredOutcome next_own_;  // where own_ is; its row is no_row behind the last
    StoredOutcome own_outcome_;
    const StoredOutcome* current_ = nullptr;
    std::uint64_t row_ = no_row;  // of the current one
};

}  // namespace seqload::state
