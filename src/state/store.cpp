#include "seqload/state/store.hpp"

#include "batch_table.hpp"
#include "change_writer.hpp"
#include "connection.hpp"
#include "count_outcomes.hpp"
#include "plan_table.hpp"
#include "run_table.hpp"
#include "seqload/base/joined.hpp"
#include "state_error.hpp"

#include <functional>
#include <utility>

#include <SQLiteCpp/Transaction.h>

namespace seqload::state {

class Store::Impl {
public:
    Impl(std::shared_ptr<Connection> connection, OpenOptions options)
        : connection_(std::move(connection)),
          options_(std::move(options)),
          writer_(connection_->database, connection_->file) {}

    SQLite::Database& database() { return connection_->database; }
    const std::string& file() const { return connection_->file; }
    ChangeWriter& writer() { return writer_; }

    // work() within a transaction that is durable on return, if nothing has failed before.
    Result<void> write(const std::function<Result<void>()>& work) {
        if (failure_)
            return std::unexpected(*failure_);
        // Stands while the work is under way, and after an exception that leaves this function.
        failure_ = Error{ErrorKind::local_fault, "an earlier write to the state was broken off",
                         file(), "start seqload again"};
        auto written = guarded(*connection_, [&] { return in_transaction(work); });
        failure_ = written ? std::nullopt : std::optional(written.error());
        return written;
    }

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

    // A cursor on a connection of its own; what is in memory only has no other.
    template <class Cursor>
    Result<Cursor> open_cursor(const RunId& id, auto make) {
        const auto number = read(id, [](std::int64_t run) -> Result<std::int64_t> { return run; });
        if (!number)
            return std::unexpected(number.error());
        auto connection = connection_;
        if (file() != in_memory) {
            auto another = connect_again(file(), options_);
            if (!another)
                return std::unexpected(another.error());
            connection = *std::move(another);
        }
        return guarded(*connection, [&]() -> Result<Cursor> { return make(connection, *number); });
    }

    Error unknown(const RunId& id) const {
        return {ErrorKind::usage, joined("there is no run ", id, " on record"), file(),
                "\"seqload runs\" lists the runs on record"};
    }

    const Connection& connection() const { return *connection_; }

private:
    Result<void> in_transaction(const std::function<Result<void>()>& work) {
        SQLite::Transaction transaction(database(), SQLite::TransactionBehavior::IMMEDIATE);
        auto done = work();
        if (done)
            transaction.commit();
        return done;
    }

    std::shared_ptr<Connection> connection_;
    OpenOptions options_;
    ChangeWriter writer_;
    std::optional<Error> failure_;  // of the first write that failed
};

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file,
                                           const OpenOptions& options) {
    const auto opened = connect(file, options);
    if (!opened)
        return std::unexpected(opened.error());
    const std::shared_ptr<Connection>& connection = *opened;
    return guarded(*connection, [&]() -> Result<std::unique_ptr<Store>> {
        return std::unique_ptr<Store>(new Store(std::make_unique<Impl>(connection, options)));
    });
}

Result<std::unique_ptr<Store>> Store::open_in_memory() {
    return open(in_memory);
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store::~Store() = default;

Result<void> Store::begin_run(const NewRun& run) {
    return impl_->write([&]() -> Result<void> {
        if (find_run(impl_->database(), run.id))
            return std::unexpected(
                contradiction(joined("there is a run ", run.id, " already"), impl_->file()));
        insert_run(impl_->database(), run);
        return {};
    });
}

Result<void> Store::record_plan(const RunId& run, const Plan& plan) {
    return impl_->write([&]() -> Result<void> {
        const auto number = find_run(impl_->database(), run);
        if (!number)
            return std::unexpected(impl_->unknown(run));
        if (!plan.inputs.empty())
            replace_inputs(impl_->database(), *number, plan.inputs);
        return write_plan(impl_->database(), impl_->file(), *number, plan);
    });
}

Result<void> Store::apply(const RunId& run, std::span<const Change> changes) {
    return impl_->write([&]() -> Result<void> {
        const auto number = find_run(impl_->database(), run);
        if (!number)
            return std::unexpected(impl_->unknown(run));
        return impl_->writer().write(*number, changes);
    });
}

Result<void> Store::end_run(const RunId& run, const Ending& ending) {
    return impl_->write([&]() -> Result<void> {
        const auto number = find_run(impl_->database(), run);
        if (!number)
            return std::unexpected(impl_->unknown(run));
        write_ending(impl_->database(), *number, ending);
        return {};
    });
}

Result<OutcomeCursor> Store::outcomes(const RunId& run) const {
    return impl_->open_cursor<OutcomeCursor>(run, [](auto connection, std::int64_t number) {
        return OutcomeCursor(std::move(connection), number);
    });
}

Result<LabelContactCursor> Store::label_contacts(const RunId& run) const {
    return impl_->open_cursor<LabelContactCursor>(run, [](auto connection, std::int64_t number) {
        return LabelContactCursor(std::move(connection), number);
    });
}

Result<Counts> Store::counts(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) {
        return count_outcomes(impl_->database(), impl_->file(), number);
    });
}

Result<std::vector<OpenBatch>> Store::open_batches(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) {
        return read_open_batches(impl_->database(), impl_->file(), number);
    });
}

Result<RunRecord> Store::run(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) -> Result<RunRecord> {
        return read_run(impl_->database(), number);
    });
}

Result<std::optional<RecordedPlan>> Store::plan(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) {
        return read_plan(impl_->database(), impl_->file(), number);
    });
}

Result<std::vector<RunRecord>> Store::runs() const {
    return guarded(impl_->connection(), [&]() -> Result<std::vector<RunRecord>> {
        const SQLite::Transaction snapshot(impl_->database());
        std::vector<RunRecord> records;
        for (const std::int64_t number : list_runs(impl_->database()))
            records.push_back(read_run(impl_->database(), number));
        return records;
    });
}

Result<std::optional<RunId>> Store::latest_run() const {
    return guarded(impl_->connection(), [&]() -> Result<std::optional<RunId>> {
        const SQLite::Transaction snapshot(impl_->database());
        const auto newest_first = list_runs(impl_->database());
        if (newest_first.empty())
            return std::nullopt;
        return read_run(impl_->database(), newest_first.front()).id;
    });
}

}  // namespace seqload::state
