#pragma once

// Writes changes into the tables, and refuses those that contradict what is
// there. Knows nothing of transactions: the Store wraps them around it.

#include "batch_table.hpp"
#include "interned_text.hpp"
#include "ledger_table.hpp"
#include "request_counter.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

class ChangeWriter {
public:
    // Both must outlive it. file: for errors.
    ChangeWriter(SQLite::Database& database, const std::string& file);

    // In this order. Throws SQLite::Exception. After an error the transaction
    // must be rolled back and the writer not be used again.
    Result<void> write(std::int64_t run, std::span<const Change> changes);

private:
    Result<void> write(const RowsSettled& change);
    Result<void> write(const BatchInFlight& change);
    Result<void> write(const BatchWaiting& change);
    Result<void> write(const BatchInDoubt& change);
    Result<void> write(const BatchSplit& change);
    Result<void> write(const BatchSettled& change);

    // Where the rows of one change got their outcome: in a batch, or at a time without one.
    struct Settling {
        std::optional<BatchNumber> batch;
        std::optional<WallTime> at;
    };

    // A batch as it was, and the state that a step of its life leads to.
    struct Stepped {
        std::optional<OpenBatch> known;
        BatchState state = BatchState::waiting;
    };
    using Step = std::optional<BatchState> (*)(std::optional<BatchState>);

    // Writes nothing. Error: the step is not allowed; doing says what it would be.
    Result<Stepped> take_step(BatchNumber batch, Step step, const char* doing);

    // Whether the rows given (or not) fit what is known, or can make a new batch.
    Result<void> check_content(BatchNumber batch, const std::optional<Batch>& content,
                               const std::optional<OpenBatch>& known) const;

    Result<void> insert_outcome(const Outcome& outcome, const Settling& settling);
    Result<void> insert_outcomes(std::span<const Outcome> outcomes, const Settling& settling);
    void insert_label_contacts(std::span<const LabelContact> contacts);

    // What the outcomes say of who is in the target's sequence.
    void enter_into_ledger(const Batch& content, const BatchSettled& change);
    std::unexpected<Error> contradicts(const std::string& what) const;

    std::int64_t run_ = 0;
    std::string file_;
    BatchTable batches_;
    Reasons reasons_;
    Details details_;
    LedgerTable ledger_;
    RequestCounter requests_;
    SQLite::Statement count_targets_;
    SQLite::Statement insert_outcome_;
    SQLite::Statement insert_label_contact_;
    std::int64_t targets_ = 0;  // of the run
};

}  // namespace seqload::state
