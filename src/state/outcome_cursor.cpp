#include "seqload/state/outcome_cursor.hpp"

#include "connection.hpp"
#include "expanded_labels.hpp"
#include "outcome_context.hpp"
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

constexpr const char* columns = R"sql(
SELECT row, status, reason, detail, same_as, contacts_added, contacts_skipped, batch, settled_at,
       verified_at
FROM outcomes WHERE run = ?1)sql";

std::string query_for(OutcomesOf which) {
    return joined(columns, which == OutcomesOf::plan ? "" : joined(" AND row < ", end_of_input),
                  " ORDER BY row");
}

template <class Number>
std::optional<Number> narrowed(std::optional<std::int64_t> number) {
    return number.transform([](std::int64_t wide) { return static_cast<Number>(wide); });
}

}  // namespace

class OutcomeCursor::Impl {
public:
    Impl(const std::shared_ptr<Connection>& connection, std::int64_t run, OutcomesOf which)
        : connection_(connection),
          rows_(connection->database, query_for(which)),
          context_(connection->database, run) {
        rows_.start(run);
        has_row_ = rows_.step();  // from here on SQLite keeps the snapshot
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
        if (!has_row_)
            return std::nullopt;
        return guarded(*connection_, [&]() -> Result<std::optional<RecordedOutcome>> {
            auto recorded = read();
            has_row_ = recorded.has_value() && rows_.step();
            return recorded;
        });
    }

    Result<std::optional<RecordedOutcome>> read() {
        const auto status = stored::row_status(rows_.number(1));
        if (!status)
            return std::unexpected(damage(
                joined("the outcome of row ", std::to_string(rows_.number(0)), " cannot be read"),
                connection_->file));
        RecordedOutcome recorded{};
        Outcome& outcome = recorded.outcome;
        outcome.row = static_cast<RowNumber>(rows_.number(0));
        outcome.status = *status;
        if (const auto reason = rows_.optional_number(2))
            outcome.reason = context_.reason(*reason);
        if (const auto detail = rows_.optional_number(3))
            outcome.detail = context_.detail(*detail);
        outcome.same_as = static_cast<RowNumber>(rows_.number(4));
        outcome.contacts_added = narrowed<std::uint32_t>(rows_.optional_number(5));
        outcome.contacts_skipped = narrowed<std::uint32_t>(rows_.optional_number(6));
        recorded.batch = rows_.optional_number(7);
        std::optional<std::int64_t> changed_at;
        if (recorded.batch) {
            const BatchFacts& batch = context_.batch(*recorded.batch);
            recorded.http_status = narrowed<unsigned>(batch.http_status);
            recorded.attempts = narrowed<std::uint32_t>(batch.attempts);
            recorded.request_id = batch.request_id;
            changed_at = batch.changed_at;
        }
        const auto settled_at = rows_.optional_number(8);
        const auto verified_at = rows_.optional_number(9);
        recorded.verified = verified_at.has_value();
        recorded.settled_at = WallTime(std::chrono::milliseconds(
            verified_at.value_or(settled_at.value_or(changed_at.value_or(0)))));
        return recorded;
    }

    std::shared_ptr<Connection> connection_;
    QuickStatement rows_;
    OutcomeContext context_;
    bool has_row_ = false;
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
