#include "seqload/state/outcome_cursor.hpp"

#include "expanded_labels.hpp"
#include "result_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace seqload::state {

namespace {

constexpr const char* columns = R"sql(
SELECT o.row, o.status, r.text, d.text, o.same_as, o.contacts_added, o.contacts_skipped,
       o.batch, b.http_status, b.attempts, b.request_id, coalesce(o.verified_at, o.settled_at, b.changed_at),
       o.verified_at IS NOT NULL
FROM outcomes o
LEFT JOIN reasons r ON r.reason = o.reason
LEFT JOIN details d ON d.run = o.run AND d.detail = o.detail
LEFT JOIN batches b ON b.run = o.run AND b.batch = o.batch
WHERE o.run = ?1)sql";

std::string query_for(OutcomesOf which) {
    return joined(columns, which == OutcomesOf::plan ? "" : joined(" AND o.row < ", end_of_input),
                  " ORDER BY o.row");
}

template <class Number>
std::optional<Number> optional_number(const SQLite::Statement& row, int index) {
    return optional_at(row, index).transform([](auto number) {
        return static_cast<Number>(number);
    });
}

}  // namespace

class OutcomeCursor::Impl {
public:
    Impl(const std::shared_ptr<Connection>& connection, std::int64_t run, OutcomesOf which)
        : rows_(connection, query_for(which).c_str(), run) {
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
            auto row = rows_.next<RecordedOutcome>([this](const auto& one) { return read(one); });
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

    Result<RecordedOutcome> read(const SQLite::Statement& row) const {
        const auto number = static_cast<RowNumber>(row.getColumn(0).getInt64());
        const auto status = stored::row_status(row.getColumn(1).getInt64());
        if (!status)
            return std::unexpected(
                damage(joined("the outcome of row ", std::to_string(number), " cannot be read"),
                       rows_.connection().file));
        return RecordedOutcome{
            .outcome = {.row = number,
                        .status = *status,
                        .reason = text_at(row, 2),
                        .detail = text_at(row, 3),
                        .same_as = optional_number<RowNumber>(row, 4).value_or(0),
                        .contacts_added = optional_number<std::uint32_t>(row, 5),
                        .contacts_skipped = optional_number<std::uint32_t>(row, 6)},
            .batch = optional_at(row, 7),
            .http_status = optional_number<unsigned>(row, 8),
            .attempts = optional_number<std::uint32_t>(row, 9),
            .request_id = text_at(row, 10),
            .settled_at = time_at(row, 11),
            .verified = row.getColumn(12).getInt() != 0,
        };
    }

    ResultRows rows_;
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
