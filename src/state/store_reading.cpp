// The functions of the Store that read.

#include "batch_table.hpp"
#include "count_outcomes.hpp"
#include "plan_table.hpp"
#include "removal_table.hpp"
#include "run_table.hpp"
#include "seqload/state/store.hpp"
#include "settled_rows.hpp"
#include "store_impl.hpp"

#include <utility>

namespace seqload::state {

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

Result<std::vector<bool>> Store::settled_rows(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) -> Result<std::vector<bool>> {
        return read_settled_rows(impl_->database(), number);
    });
}

Result<BatchNumber> Store::last_batch(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) -> Result<BatchNumber> {
        return read_last_batch(impl_->database(), number);
    });
}

Result<std::vector<DoubtfulRow>> Store::rows_to_verify(const RunId& run, bool all_added) const {
    return impl_->read(run, [&](std::int64_t number) {
        return read_rows_to_verify(impl_->database(), impl_->file(), number, all_added);
    });
}

Result<std::uint64_t> Store::label_rows_in_doubt(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) -> Result<std::uint64_t> {
        return count_label_rows_in_doubt(impl_->database(), number);
    });
}

Result<std::vector<AddedContact>> Store::added_contacts(const RunId& load,
                                                        bool include_answer_lost) const {
    return impl_->read(load, [&](std::int64_t number) {
        return read_added_contacts(impl_->database(), impl_->file(), number, include_answer_lost);
    });
}

Result<std::vector<Removal>> Store::removals(const RunId& undo) const {
    return impl_->read(undo, [&](std::int64_t number) {
        return read_removals(impl_->database(), impl_->file(), number);
    });
}

Result<RunRecord> Store::run(const RunId& run) const {
    return impl_->read(
        run, [&](std::int64_t number) -> Result<RunRecord> { return impl_->record_of(number); });
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
            records.push_back(impl_->record_of(number));
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

Result<Ledger> Store::ledger(const std::string& api_url, const std::string& team) const {
    const auto connection = impl_->another_connection();
    if (!connection)
        return std::unexpected(connection.error());
    return guarded(**connection,
                   [&]() -> Result<Ledger> { return Ledger(*connection, api_url, team); });
}

}  // namespace seqload::state
