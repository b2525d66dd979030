#pragma once

// Writes changes into the tables, and refuses those that contradict what is
// there. Knows nothing of transactions: the Store wraps them around it.

#include "batch_table.hpp"
#include "interned_text.hpp"
#include "ledger_table.hpp"
#include "outcome_table.hpp"
#include "removal_table.hpp"
#include "request_counter.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/change.hpp"
#include "seqload/state/common_outcome.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

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

    // The details of the run that was written last are not stored any more.
    void forget_details() { details_.forget(); }

    // What is on record of the run that was written last has been changed.
    void forget_run() {
        in_flight_.clear();
        ledger_.forget_run();
        outcomes_.forget_run();
    }

private:
    Result<void> write(const RowsSettled& change);
    Result<void> write(const BatchInFlight& change);
    Result<void> write(const BatchWaiting& change);
    Result<void> write(const BatchInDoubt& change);
    Result<void> write(const BatchSplit& change);
    Result<void> write(const BatchSettled& change);
    Result<void> write(const RowsVerified& change);
    Result<void> verify(const Outcome& outcome, WallTime at);
    Result<void> write(const RemovalsInFlight& change);
    Result<void> write(const RemovalsSettled& change);
    Result<void> write(const RequestsCounted& change);

    // A batch as it was, and the state that a step of its life leads to.
    struct Stepped {
        std::optional<OpenBatch> known;
        BatchState state = BatchState::waiting;
    };
    using Step = std::optional<BatchState> (*)(std::optional<BatchState>);

    // The batch as it is on record. It is in flight no more, unless it is put back there.
    Result<std::optional<OpenBatch>> take_known(BatchNumber batch);

    // Writes nothing. Error: the step is not allowed; doing says what it would be.
    Result<Stepped> take_step(BatchNumber batch, Step step, const char* doing);

    // Whether the rows given (or not) fit what is known, or can make a new batch.
    Result<void> check_content(BatchNumber batch, const std::optional<Batch>& content,
                               const std::optional<OpenBatch>& known) const;

    CommonFacts stored(const CommonOutcome& common);

    // The row's batch, target and contact. Error: it was not settled in a batch of contacts.
    struct ContactOfTarget {
        BatchNumber batch = 0;
        TargetIndex target = 0;
        Id contact;
    };
    Result<ContactOfTarget> contact_of(RowNumber row);

    // What the outcomes say of who is in the target's sequence.
    void enter_into_ledger(const Batch& content, const BatchSettled& change);
    std::unexpected<Error> contradicts(const std::string& what) const;

    std::int64_t run_ = 0;
    // What this writer has put in flight, as it is on record: mostly it is settled a moment later,
    // and need not be read for that. Nobody else writes the run.
    std::unordered_map<BatchNumber, OpenBatch> in_flight_;
    std::string file_;
    BatchTable batches_;
    Reasons reasons_;
    Details details_;
    LedgerTable ledger_;
    RequestCounter requests_;
    OutcomeTable outcomes_;
    RemovalTable removals_;
    SQLite::Statement count_targets_;
    std::int64_t targets_ = 0;  // of the run
};

}  // namespace seqload::state
