#pragma once

// The rows of the batches whose rows share an outcome, by row, over all batches of a run. Those
// among them that have an outcome of their own are not left out.
//
// A batch is looked up when its first row is reached, and let go behind its last: at any moment
// only those are in memory that the row lies within. Of the others two numbers are.
//
// Throws SQLite::Exception.

#include "quick_statement.hpp"
#include "seqload/base/error.hpp"
#include "stored_outcome.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

class CommonRows {
public:
    // From that row on. file: for errors.
    CommonRows(SQLite::Database& database, std::string file, std::int64_t run, RowNumber first);

    // Before anything else is asked: goes to the first row. Error: damage.
    Result<void> start() { return open_batches(); }

    // Where it is; no_row behind the last.
    std::uint64_t row() const { return waiting_.empty() ? no_row : waiting_.front().row; }

    // Of that row; valid until advance().
    const StoredOutcome& outcome() {
        StoredOutcome& outcome = open_[waiting_.front().place].outcome;
        outcome.row = row();
        return outcome;
    }

    // Error: damage.
    Result<void> advance();

private:
    struct Listed {
        RowNumber first = 0;
        std::int64_t rowid = 0;
    };
    struct Open {
        StoredOutcome outcome;
        std::vector<RowNumber> rows;
        std::size_t next = 0;
    };
    struct Waiting {
        RowNumber row = 0;
        std::uint32_t place = 0;  // in open_
    };

    static bool comes_later(const Waiting& one, const Waiting& other) {
        return one.row > other.row;
    }

    void list_batches(SQLite::Database& database, std::int64_t run);
    void sink_front();
    Result<void> open_batches();
    Result<void> open(std::int64_t rowid);

    std::string file_;
    RowNumber first_;
    QuickStatement find_;
    std::vector<Listed> listed_;  // by first row
    std::size_t next_listed_ = 0;
    std::vector<Open> open_;
    std::vector<std::uint32_t> free_;  // places in open_
    std::vector<Waiting> waiting_;  // a heap: of each open batch the next row, the first in front
};

}  // namespace seqload::state
