#include "seqload/state/outcome_cursor.hpp"

#include "connection.hpp"
#include "expanded_labels.hpp"
#include "outcome_context.hpp"
#include "outcome_rows.hpp"
#include "quick_statement.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace seqload::state {

namespace {

// Where the rows that are asked for end: a run's inputs end before the contacts of its labels.
std::uint64_t end_of(OutcomesOf which, SQLite::Database& database, std::int64_t run) {
    return which == OutcomesOf::plan ? no_row : read_end_of_input(database, run);
}

// As long as a statement is being read, SQLite keeps to the moment at which it began.
class Snapshot {
public:
    Snapshot(SQLite::Database& database, std::int64_t run)
        : statement_(database, "SELECT 1 FROM runs WHERE run = ?") {
        statement_.start(run);
        statement_.step();
    }

    void let_go() { statement_.reset(); }

private:
    QuickStatement statement_;
};

template <class Number>
std::optional<Number> narrowed(std::optional<std::int64_t> number) {
    return number.transform([](std::int64_t wide) { return static_cast<Number>(wide); });
}

}  // namespace

class OutcomeCursor::Impl {
public:
    Impl(const std::shared_ptr<Connection>& connection, std::int64_t run, OutcomesOf which)
        : connection_(connection),
          snapshot_(connection->database, run),
          rows_(connection->database, connection->file, run, 0,
                end_of(which, connection->database, run)),
          context_(connection->database, run) {
        if (which == OutcomesOf::plan)
            return;
        auto fates = read_label_fates(connection->database, connection->file, run);
        if (fates)
            fates_ = std::move(*fates);
        else
            trouble_ = std::move(fates.error());
    }

    // The rows on record and the label rows that were expanded, by row.
    Result<std::optional<RecordedOutcome>> next() {
        if (trouble_)
            return std::unexpected(*trouble_);
        if (place_ == fates_.size() && !waiting_)
            return next_on_record();
        if (!std::exchange(fetched_, true)) {
            auto row = next_on_record();
            if (!row)
                return row;
            waiting_ = std::move(*row);
        }
        if (place_ < fates_.size() &&
            (!waiting_ || fates_[place_].outcome.row < waiting_->outcome.row))
            return derived(fates_[place_++]);
        fetched_ = false;
        return std::exchange(waiting_, std::nullopt);
    }

private:
    // Several requests may have brought it, or none: it has none of its own.
    static RecordedOutcome derived(const LabelFate& fate) {
        RecordedOutcome recorded{};
        recorded.outcome = fate.outcome;
        recorded.settled_at = fate.settled_at;
        return recorded;
    }

    Result<std::optional<RecordedOutcome>> next_on_record() {
        if (ended_)
            return std::nullopt;
        return guarded(*connection_, [&]() -> Result<std::optional<RecordedOutcome>> {
            const auto row = rows_.next();
            ended_ = !row || *row == nullptr;
            if (!ended_)
                return recorded(**row);
            snapshot_.let_go();
            if (!row)
                return std::unexpected(row.error());
            return std::nullopt;
        });
    }

    Result<std::optional<RecordedOutcome>> recorded(const StoredOutcome& stored) {
        const auto status = stored::row_status(stored.status);
        if (!status) {
            ended_ = true;
            return std::unexpected(
                damage(joined("the outcome of row ", std::to_string(stored.row), " cannot be read"),
                       connection_->file));
        }
        std::optional<RecordedOutcome> recorded(std::in_place);
        Outcome& outcome = recorded->outcome;
        outcome.row = static_cast<RowNumber>(stored.row);
        outcome.status = *status;
        if (stored.reason)
            outcome.reason = context_.reason(*stored.reason);
        if (stored.detail)
            outcome.detail = context_.detail(*stored.detail);
        outcome.same_as = static_cast<RowNumber>(stored.same_as);
        outcome.contacts_added = narrowed<std::uint32_t>(stored.contacts_added);
        outcome.contacts_skipped = narrowed<std::uint32_t>(stored.contacts_skipped);
        recorded->batch = stored.batch;
        std::int64_t settled_at = stored.settled_at.value_or(0);
        if (stored.batch) {
            const BatchFacts& batch = context_.batch(*stored.batch);
            recorded->http_status = narrowed<unsigned>(batch.http_status);
            recorded->attempts = narrowed<std::uint32_t>(batch.attempts);
            recorded->request_id = batch.request_id;
            settled_at = stored.settled_at.value_or(batch.changed_at);
        }
        recorded->verified = stored.verified_at.has_value();
        recorded->settled_at =
            WallTime(std::chrono::milliseconds(stored.verified_at.value_or(settled_at)));
        return recorded;
    }

    std::shared_ptr<Connection> connection_;
    Snapshot snapshot_;
    OutcomeRows rows_;
    OutcomeContext context_;
    bool ended_ = false;  // nothing more is on record
    std::vector<LabelFate> fates_;
    std::size_t place_ = 0;
    bool fetched_ = false;
    std::optional<RecordedOutcome> waiting_;  // the next row on record
    std::optional<Error> trouble_;
};

OutcomeCursor::OutcomeCursor(const std::shared_ptr<Connection>& connection, std::int64_t run,
                             OutcomesOf which)
    : impl_(std::make_unique<Impl>(connection, run, which)) {}

OutcomeCursor::OutcomeCursor(OutcomeCursor&&) noexcept = default;
OutcomeCursor& OutcomeCursor::operator=(OutcomeCursor&&) noexcept = default;
OutcomeCursor::~OutcomeCursor() = default;

Result<std::optional<RecordedOutcome>> OutcomeCursor::next() {
    return impl_->next();
}

}  // namespace seqload::state
