#include "seqload/state/store.hpp"

#include "added_contacts.hpp"
#include "batch_table.hpp"
#include "connection.hpp"
#include "count_outcomes.hpp"
#include "expanded_labels.hpp"
#include "plan_table.hpp"
#include "prune.hpp"
#include "quota_table.hpp"
#include "removal_table.hpp"
#include "run_locks.hpp"
#include "run_table.hpp"
#include "seqload/base/joined.hpp"
#include "settled_rows.hpp"
#include "state_error.hpp"
#include "store_impl.hpp"
#include "team_list_table.hpp"

#include <utility>

#include <unistd.h>

namespace seqload::state {

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file,
                                           const OpenOptions& options) {
    const auto opened = connect(file, options);
    if (!opened)
        return std::unexpected(opened.error());
    const std::shared_ptr<Connection>& connection = *opened;
    auto locks = connection->file == in_memory ? RunLocks() : RunLocks::open(file);
    if (!locks)
        return std::unexpected(locks.error());
    return guarded(*connection, [&]() -> Result<std::unique_ptr<Store>> {
        return std::unique_ptr<Store>(
            new Store(std::make_unique<Impl>(connection, *std::move(locks), options)));
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
        const std::int64_t number = insert_run(impl_->database(), run, ::getpid());
        const auto taken = impl_->locks().take(number);
        if (!taken)
            return std::unexpected(taken.error());
        if (!*taken)
            return std::unexpected(
                contradiction(joined("run ", run.id, " is new, but locked"), impl_->file()));
        return {};
    });
}

Result<void> Store::take(const RunId& run) {
    return impl_->write_if(run, [&](std::int64_t number) -> Result<std::optional<Error>> {
        const auto taken = impl_->locks().take(number);
        if (!taken)
            return std::optional(taken.error());
        if (!*taken)
            return std::optional(
                Error{ErrorKind::local_fault,
                      joined("run ", run, " is being carried out by process ",
                             std::to_string(read_process(impl_->database(), number))),
                      impl_->file(), "wait for it, or stop it"});
        write_process(impl_->database(), number, ::getpid());
        impl_->writer().forget_run();  // another process may have carried it on
        return std::nullopt;
    });
}

Result<void> Store::record_plan(const RunId& run, const Plan& plan) {
    return impl_->write_if(run, [&](std::int64_t number) -> Result<std::optional<Error>> {
        SQLite::Database& database = impl_->database();
        const bool has_inputs = !plan.inputs.empty();
        if (auto rival =
                impl_->rival_of(number, has_inputs ? plan.inputs : read_inputs(database, number)))
            return rival;
        if (has_inputs)
            replace_inputs(database, number, plan.inputs);
        if (auto written = write_plan(database, impl_->file(), number, plan); !written)
            return std::unexpected(written.error());
        if (plan.expanded_labels)
            insert_expanded_input(database, number, *plan.expanded_labels);
        return std::nullopt;
    });
}

Result<void> Store::refuse_rivals(const RunId& run) {
    return impl_->write_if(run, [&](std::int64_t number) -> Result<std::optional<Error>> {
        return impl_->rival_of(number, read_inputs(impl_->database(), number));
    });
}

Result<void> Store::apply(const RunId& run, std::span<const Change> changes) {
    return impl_->write(
        run, [&](std::int64_t number) { return impl_->writer().write(number, changes); });
}

Result<QuotaNews> Store::apply(const RunId& run, std::vector<Change> changes, QuotaWriter& writer,
                               QuotaStep step) {
    QuotaNews news;
    auto written = impl_->write(run, [&](std::int64_t number) -> Result<void> {
        news.foreign = read_foreign(impl_->database(), writer);
        for (const QuotaEvent& event : step.events)
            add_event(impl_->database(), writer, event);
        for (Departure& departure : step.departures) {
            const bool departs = departure.heard >= writer.last_foreign;
            news.departed.push_back(departs);
            if (!departs)
                continue;
            add_event(impl_->database(), writer, departure.event);
            if (departure.change)
                changes.push_back(*std::move(departure.change));
        }
        return impl_->writer().write(number, changes);
    });
    if (!written)
        return std::unexpected(std::move(written.error()));
    return news;
}

Result<std::vector<ForeignQuotaEvent>> Store::quota_news(QuotaWriter& writer) const {
    return guarded(impl_->connection(), [&]() -> Result<std::vector<ForeignQuotaEvent>> {
        return read_foreign(impl_->database(), writer);
    });
}

Result<Store::QuotaLog> Store::join_quota_log(const QuotaRoute& route, WallTime since) {
    QuotaLog log;
    auto written = impl_->write([&]() -> Result<void> {
        log.writer = join_log(impl_->database(), route, since);
        log.foreign = read_foreign(impl_->database(), log.writer);
        return {};
    });
    if (!written)
        return std::unexpected(std::move(written.error()));
    return log;
}

Result<std::vector<ForeignQuotaEvent>> Store::quota_log(const QuotaRoute& route,
                                                        WallTime since) const {
    return guarded(impl_->connection(), [&]() -> Result<std::vector<ForeignQuotaEvent>> {
        return read_log(impl_->database(), route, since);
    });
}

Result<void> Store::reopen(const RunId& run, const std::string& team) {
    return impl_->write(run, [&](std::int64_t number) -> Result<void> {
        begin_anew(impl_->database(), number, team);
        impl_->writer().forget_run();
        return {};
    });
}

Result<void> Store::restart_plan(const RunId& run) {
    return impl_->write(run, [&](std::int64_t number) {
        impl_->writer().forget_details();
        impl_->writer().forget_run();
        return forget_first_pass(impl_->database(), impl_->file(), number);
    });
}

Result<void> Store::expand_labels(const RunId& run, std::span<const ExpandedLabel> labels,
                                  WallTime read_at) {
    return impl_->write(run, [&](std::int64_t number) {
        return write_expanded_labels(impl_->database(), impl_->file(), number, labels, read_at);
    });
}

Result<void> Store::record_removals(const RunId& undo, std::span<const AddedContact> contacts,
                                    std::uint64_t minimum_requests) {
    return impl_->write(undo, [&](std::int64_t number) -> Result<void> {
        if (auto written = write_totals(impl_->database(), impl_->file(), number, contacts.size(),
                                        minimum_requests);
            !written)
            return written;
        insert_removals(impl_->database(), number, contacts);
        return {};
    });
}

Result<std::uint64_t> Store::drop_removals(const RunId& undo, const RunId& load,
                                           const UndoScope& scope) {
    const auto load_number =
        impl_->read(load, [](std::int64_t number) -> Result<std::int64_t> { return number; });
    if (!load_number)
        return std::unexpected(load_number.error());
    std::uint64_t dropped = 0;
    auto written = impl_->write(undo, [&](std::int64_t number) -> Result<void> {
        const auto left =
            read_added_contacts(impl_->database(), impl_->file(), *load_number, scope);
        if (!left)
            return std::unexpected(left.error());
        dropped = delete_waiting_removals(impl_->database(), number, *left);
        return {};
    });
    if (!written)
        return std::unexpected(written.error());
    return dropped;
}

Result<Pruned> Store::prune(WallTime begun_before) {
    Pruned pruned;
    auto written = impl_->write([&]() -> Result<void> {
        pruned = prune_runs(impl_->database(), begun_before,
                            [&](std::int64_t run) { return impl_->is_active(run); });
        return {};
    });
    if (!written)
        return std::unexpected(written.error());
    return guarded(impl_->connection(), [&]() -> Result<Pruned> {
        if (pruned.runs > 0)
            tidy_up(impl_->database());
        return pruned;
    });
}

Result<void> Store::end_run(const RunId& run, const Ending& ending) {
    return impl_->write(run, [&](std::int64_t number) -> Result<void> {
        write_ending(impl_->database(), number, ending);
        return {};
    });
}

Result<OutcomeCursor> Store::outcomes(const RunId& run, OutcomesOf which) const {
    return impl_->open_cursor<OutcomeCursor>(run,
                                             [which](const auto& connection, std::int64_t number) {
                                                 return OutcomeCursor(connection, number, which);
                                             });
}

Result<std::vector<ExpandedLabel>> Store::expanded_labels(const RunId& run) const {
    return impl_->read(run, [&](std::int64_t number) -> Result<std::vector<ExpandedLabel>> {
        return read_expanded_labels(impl_->database(), number);
    });
}

Result<LabelContactCursor> Store::label_contacts(const RunId& run) const {
    return impl_->open_cursor<LabelContactCursor>(run, [](auto connection, std::int64_t number) {
        return LabelContactCursor(std::move(connection), number);
    });
}

Result<SentBatchCursor> Store::sent_batches(const RunId& run) const {
    return impl_->open_cursor<SentBatchCursor>(run, [](auto connection, std::int64_t number) {
        return SentBatchCursor(std::move(connection), number);
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
    return impl_->read(run, [&](std::int64_t number) {
        return read_settled_rows(impl_->database(), impl_->file(), number);
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
                                                        const UndoScope& scope) const {
    return impl_->read(load, [&](std::int64_t number) {
        return read_added_contacts(impl_->database(), impl_->file(), number, scope);
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

Result<void> Store::remember_list(const TeamListKey& key, const TeamList& list) {
    return impl_->write([&]() -> Result<void> {
        write_list(impl_->database(), key, list);
        return {};
    });
}

Result<std::optional<TeamList>> Store::remembered_list(const TeamListKey& key) const {
    return guarded(impl_->connection(), [&]() -> Result<std::optional<TeamList>> {
        return read_list(impl_->database(), key);
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
