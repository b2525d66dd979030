#include "store_impl.hpp"

#include "seqload/base/joined.hpp"

namespace seqload::state {

Store::Impl::Impl(std::shared_ptr<Connection> connection, RunLocks locks, OpenOptions options)
    : connection_(std::move(connection)),
      locks_(std::move(locks)),
      options_(std::move(options)),
      writer_(connection_->database, connection_->file) {}

Result<void> Store::Impl::write(const std::function<Result<void>()>& work) {
    if (failure_)
        return std::unexpected(*failure_);
    // Stands while the work is under way, and after an exception that leaves this function.
    failure_ = Error{ErrorKind::local_fault, "an earlier write to the state was broken off", file(),
                     "start seqload again"};
    auto written = guarded(*connection_, [&] { return in_transaction(work); });
    failure_ = written ? std::nullopt : std::optional(written.error());
    return written;
}

Result<void> Store::Impl::write(const RunId& id,
                                const std::function<Result<void>(std::int64_t)>& work) {
    return write([&]() -> Result<void> {
        const auto run = number_of(id);
        if (!run)
            return std::unexpected(unknown(id));
        return work(*run);
    });
}

// A run that is held here is not pruned, and its number is never given to another.
std::optional<std::int64_t> Store::Impl::number_of(const RunId& id) {
    if (id == written_.id && locks_.holds(written_.number))
        return written_.number;
    const auto number = find_run(database(), id);
    if (number)
        written_ = {id, *number};
    return number;
}

Result<void> Store::Impl::write_if(
    const RunId& id, const std::function<Result<std::optional<Error>>(std::int64_t)>& work) {
    std::optional<Error> refusal;
    auto written = write(id, [&](std::int64_t run) -> Result<void> {
        auto done = work(run);
        if (!done)
            return std::unexpected(std::move(done.error()));
        refusal = *std::move(done);
        return {};
    });
    if (written && refusal)
        return std::unexpected(*std::move(refusal));
    return written;
}

std::optional<Error> Store::Impl::rival_of(std::int64_t run, std::span<const InputFile> inputs) {
    for (const InputFile& input : inputs) {
        for (const SameInput& same : find_same_input(database(), run, input)) {
            if (locks_.held_elsewhere(same.run))
                return Error{ErrorKind::local_fault,
                             joined("process ", std::to_string(same.process),
                                    " is loading the same input in run ", same.id),
                             input.name, "wait for it, or stop it"};
        }
    }
    return std::nullopt;
}

bool Store::Impl::is_active(std::int64_t run) const {
    return locks_.holds(run) || locks_.held_elsewhere(run);
}

RunRecord Store::Impl::record_of(std::int64_t run) {
    RunRecord record = read_run(database(), run);
    record.process = is_active(run) ? std::optional(record.process.value_or(0)) : std::nullopt;
    return record;
}

Result<std::shared_ptr<Connection>> Store::Impl::another_connection() const {
    if (file() == in_memory)
        return connection_;
    return connect_again(file(), options_);
}

Error Store::Impl::unknown(const RunId& id) const {
    return {ErrorKind::usage, joined("there is no run ", id, " on record"), file(),
            "\"seqload runs\" lists the runs on record"};
}

Result<void> Store::Impl::in_transaction(const std::function<Result<void>()>& work) {
    SQLite::Transaction transaction(database(), SQLite::TransactionBehavior::IMMEDIATE);
    RunLocks::Attempt locking(locks_);
    auto done = work();
    if (done) {
        transaction.commit();
        locking.keep();
    }
    return done;
}

}  // namespace seqload::state
