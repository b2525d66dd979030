#pragma once

// The table of batches: one row each, inserted when the state first hears of
// the batch and updated with each step of its life.
//
// Throws SQLite::Exception. Within a transaction where it writes.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/change.hpp"
#include "seqload/state/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

// A batch as a step of its life leaves it. What a step does not know stays as it was.
struct BatchStep {
    BatchState state = BatchState::waiting;
    WallTime at;
};

// What is known of the last answer; http_status 0 and an empty id: nothing.
struct BatchAnswer {
    unsigned http_status = 0;
    std::uint32_t attempts = 0;
    std::string request_id;
};

// What its rows share, texts as their numbers; rows 0: nothing.
struct CommonFacts {
    std::int64_t status = 0;
    std::optional<std::int64_t> reason;
    std::optional<std::int64_t> detail;
    std::optional<std::uint32_t> contacts_added;
    std::optional<std::uint32_t> contacts_skipped;
    std::size_t rows = 0;
};

class BatchTable {
public:
    // file: for errors.
    BatchTable(SQLite::Database& database, std::string file);

    // nullopt: no such batch. Error: damage.
    Result<std::optional<OpenBatch>> find(std::int64_t run, BatchNumber batch);

    // A batch that the state did not know.
    void insert(std::int64_t run, BatchNumber batch, const Batch& content, const BatchStep& step,
                std::optional<BatchNumber> parent = std::nullopt);
    void insert_sent(std::int64_t run, BatchNumber batch, const Batch& content,
                     const BatchStep& step, std::uint32_t attempt);

    // One that it knows. Error: it does not.
    Result<void> step(std::int64_t run, BatchNumber batch, const BatchStep& step);
    Result<void> send(std::int64_t run, BatchNumber batch, const BatchStep& step,
                      std::uint32_t attempt);
    // It was not sent after all.
    Result<void> take_back(std::int64_t run, BatchNumber batch, const BatchStep& step);
    Result<void> settle(std::int64_t run, BatchNumber batch, const BatchStep& step,
                        const BatchAnswer& answer, const CommonFacts& common);

    // One of the rows that had the common outcome has one of its own now.
    void take_from_common(std::int64_t run, BatchNumber batch);

private:
    // The update of a batch, with these values in front of which it is.
    template <class... Values>
    Result<void> update(SQLite::Statement& statement, std::int64_t run, BatchNumber batch,
                        const Values&... values);

    std::string file_;
    SQLite::Statement find_;
    SQLite::Statement insert_;
    SQLite::Statement step_;
    SQLite::Statement send_;
    SQLite::Statement take_back_;
    SQLite::Statement settle_;
    SQLite::Statement take_from_common_;
};

// Every batch of the run with rows to settle, by number.
Result<std::vector<OpenBatch>> read_open_batches(SQLite::Database& database,
                                                 const std::string& file, std::int64_t run);

// Every contact row of the run's settled batches, with its target, in no order.
Result<void> for_each_settled_contact(
    SQLite::Database& database, const std::string& file, std::int64_t run,
    const std::function<void(TargetIndex, const ContactRow&)>& visit);

// The greatest number of a batch of the run; 0: it has none.
BatchNumber read_last_batch(SQLite::Database& database, std::int64_t run);

}  // namespace seqload::state
