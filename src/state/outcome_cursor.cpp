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
    Result<const RecordedOutcome*> next() {
        if (trouble_)
            return std::unexpected(*trouble_);
        if (place_ == fates_.size() && waiting_ == nullptr)
            return next_on_record();
        if (!std::exchange(fetched_, true)) {
            const auto row = next_on_record();
            if (!row)
                return row;
            waiting_ = *row;
        }
        if (place_ < fates_.size() &&
            (waiting_ == nullptr || fates_[place_].outcome.row < waiting_->outcome.row))
            return derived(fates_[place_++]);
        fetched_ = false;
        return std::exchange(waiting_, nullptr);
    }

private:
    // What the rows of a batch share, put together once for those of them that are near.
    struct Shared {
        std::optional<BatchNumber> batch;
        RecordedOutcome recorded;
    };

    static constexpr std::size_t shared_places = 1024;

    // Several requests may have brought it, or none: it has none of its own.
    const RecordedOutcome* derived(const LabelFate& fate) {
        derived_ = {};
        derived_.outcome = fate.outcome;
        derived_.settled_at = fate.settled_at;
        return &derived_;
    }

    Result<const RecordedOutcome*> next_on_record() {
        if (ended_)
            return nullptr;
        return guarded(*connection_, [&]() -> Result<const RecordedOutcome*> {
            const auto row = rows_.next();
            ended_ = !row || *row == nullptr;
            if (!ended_)
                return rows_.is_common() ? recorded_shared(**row) : recorded(**row, own_);
            snapshot_.let_go();
            if (!row)
                return std::unexpected(row.error());
            return nullptr;
        });
    }

    Result<const RecordedOutcome*> recorded_shared(const StoredOutcome& stored) {
        if (shared_.empty())
            shared_.resize(shared_places);
        Shared& place = shared_[static_cast<std::uint64_t>(*stored.batch) % shared_places];
        if (place.batch != stored.batch) {
            place.batch.reset();
            if (auto made = recorded(stored, place.recorded); !made)
                return made;
            place.batch = stored.batch;
        }
        place.recorded.outcome.row = static_cast<RowNumber>(stored.row);
        return &place.recorded;
    }

    // Every value of the target is written anew.
    Result<const RecordedOutcome*> recorded(const StoredOutcome& stored, RecordedOutcome& target) {
        const auto status = stored::row_status(stored.status);
        if (!status) {
            ended_ = true;
            return std::unexpected(
                damage(joined("the outcome of row ", std::to_string(stored.row), " cannot be read"),
                       connection_->file));
        }
        target = {};
        Outcome& outcome = target.outcome;
        outcome.row = static_cast<RowNumber>(stored.row);
        outcome.status = *status;
        if (stored.reason)
            outcome.reason = context_.reason(*stored.reason);
        if (stored.detail)
            outcome.detail = context_.detail(*stored.detail);
        outcome.same_as = static_cast<RowNumber>(stored.same_as);
        outcome.contacts_added = narrowed<std::uint32_t>(stored.contacts_added);
        outcome.contacts_skipped = narrowed<std::uint32_t>(stored.contacts_skipped);
        target.batch = stored.batch;
        std::int64_t settled_at = stored.settled_at.value_or(0);
        if (stored.batch) {
            const BatchFacts& batch = context_.batch(*stored.batch);
            target.http_status = narrowed<unsigned>(batch.http_status);
            target.attempts = narrowed<std::uint32_t>(batch.attempts);
            target.request_id = batch.request_id;
            settled_at = stored.settled_at.value_or(batch.changed_at);
        }
        target.verified = stored.verified_at.has_value();
        target.settled_at =
            WallTime(std::chrono::milliseconds(stored.verified_at.value_or(settled_at)));
        return &target;
    }

    std::shared_ptr<Connection> connection_;
    Snapshot snapshot_;
    OutcomeRows rows_;
    OutcomeContext context_;
    bool ended_ = false;  // nothing more is on record
    std::vector<LabelFate> fates_;
    std::size_t place_ = 0;
    bool fetched_ = false;
    const RecordedOutcome* waiting_ = nullptr;  // the next row on record
    RecordedOutcome derived_{};
    RecordedOutcome own_{};
    std::vector<Shared> shared_;  // each batch at its own place
    std::optional<Error> trouble_;
};

OutcomeCursor::OutcomeCursor(const std::shared_ptr<Connection>& connection, std::int64_t run,
                             OutcomesOf which)
    : impl_(std::make_unique<Impl>(connection, run, which)) {}

OutcomeCursor::OutcomeCursor(OutcomeCursor&&) noexcept = default;
OutcomeCursor& OutcomeCursor::operator=(OutcomeCursor&&) noexcept = default;
OutcomeCursor::~OutcomeCursor() = default;

Result<const RecordedOutcome*> OutcomeCursor::next() {
    return impl_->next();
}

}  // namespace seqload::state
