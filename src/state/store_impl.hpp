#pragma once

// What the functions of the Store have in common: a connection, the locks of
// its runs, and how work is done in a transaction.

#include "change_writer.hpp"
#include "connection.hpp"
#include "run_locks.hpp"
#include "run_table.hpp"
#include "seqload/state/store.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

namespace seqload::state {

class Store::Impl {
public:
    Impl(std::shared_ptr<Connection> connection, RunLocks locks, OpenOptions options);

    SQLite::Database& database() { return connection_->database; }
    const std::string& file() const { return connection_->file; }
    ChangeWriter& writer() { return writer_; }
    RunLocks& locks() { return locks_; }
    const Connection& connection() const { return *connection_; }

    // work() within a transaction that is durable on return, if nothing has
    // failed before. If it fails, so does every later write.
    Result<void> write(const std::function<Result<void>()>& work);

    // The same for work(run's number).
    Result<void> write(const RunId& id, const std::function<Result<void>(std::int64_t)>& work);

    // The same for a question that goes with the writing: where work answers with
    // an error inside, it has written nothing, and the Store can be used as before.
    Result<void> write_if(const RunId& id,
                          const std::function<Result<std::optional<Error>>(std::int64_t)>& work);

    // Whether another run that is being carried out has one of these inputs, and
    // which; nullopt: none.
    std::optional<Error> rival_of(std::int64_t run, std::span<const InputFile> inputs);

    // Whether somebody carries the run out, through this Store or another.
    bool is_active(std::int64_t run) const;

    // The run as it is on record, and whether somebody carries it out.
    RunRecord record_of(std::int64_t run);

    // work(run's number), all of it about the same moment.
    template <class Work>
    auto read(const RunId& id, Work work) -> decltype(work(std::int64_t{})) {
        return guarded(*connection_, [&]() -> decltype(work(std::int64_t{})) {
            const SQLite::Transaction snapshot(database());
            const auto run = find_run(database(), id);
            if (!run)
                return std::unexpected(unknown(id));
            return work(*run);
        });
    }

    // A connection for reading on its own; what is in memory only has no other.
    Result<std::shared_ptr<Connection>> another_connection() const;

    // make(connection of its own, run's number).
    template <class Cursor>
    Result<Cursor> open_cursor(const RunId& id, auto make) {
        const auto number = read(id, [](std::int64_t run) -> Result<std::int64_t> { return run; });
        if (!number)
            return std::unexpected(number.error());
        const auto connection = another_connection();
        if (!connection)
            return std::unexpected(connection.error());
        return guarded(**connection,
                       [&]() -> Result<Cursor> { return make(*connection, *number); });
    }

    Error unknown(const RunId& id) const;

private:
    Result<void> in_transaction(const std::function<Result<void>()>& work);

    // nullopt: not on record.
    std::optional<std::int64_t> number_of(const RunId& id);

    struct NumberedRun {
        RunId id;
        std::int64_t number = 0;
    };

    std::shared_ptr<Connection> connection_;
    RunLocks locks_;
    OpenOptions options_;
    ChangeWriter writer_;
    NumberedRun written_;           // the run that was written last; empty: none
    std::optional<Error> failure_;  // of the first write that failed
};

}  // namespace seqload::state
