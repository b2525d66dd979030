#include "outcome_rows.hpp"

#include "seqload/base/joined.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <utility>

namespace seqload::state {

namespace {

constexpr const char* own_by_row =
    "SELECT row, status, reason, detail, same_as, contacts_added, contacts_skipped, batch, "
    "settled_at, verified_at FROM outcomes WHERE run = ? AND row >= ? AND row < ? ORDER BY row";

}  // namespace

OutcomeRows::OutcomeRows(SQLite::Database& database, const std::string& file, std::int64_t run,
                         RowNumber first, std::uint64_t end)
    : file_(file), end_(end), common_(database, file, run, first), own_(database, own_by_row) {
    own_.start(run, first, end);
}

Result<const StoredOutcome*> OutcomeRows::next() {
    if (auto left = leave_current(); !left)
        return std::unexpected(std::move(left.error()));
    const std::uint64_t row = std::min(next_own_.row, common_.row());
    if (row >= end_)
        return nullptr;
    const bool is_common = common_.row() == row;
    const bool is_own = next_own_.row == row;
    if (row == row_ || (is_common && is_own && common_.outcome().batch != next_own_.batch))
        return std::unexpected(
            damage(joined("row ", std::to_string(row), " has two outcomes"), file_));
    row_ = row;
    current_ = is_own ? &own_outcome_ : &common_.outcome();
    if (is_own) {
        own_outcome_ = next_own_;
        step_own();
    }
    return current_;
}

// What the current row had was valid until now.
Result<void> OutcomeRows::leave_current() {
    if (!std::exchange(started_, true)) {
        step_own();
        return common_.start();
    }
    return current_ != nullptr && common_.row() == row_ ? common_.advance() : Result<void>();
}

void OutcomeRows::step_own() {
    if (!own_.step()) {
        next_own_.row = no_row;
        return;
    }
    next_own_ = {.row = static_cast<std::uint64_t>(own_.number(0)),
                 .status = own_.number(1),
                 .reason = own_.optional_number(2),
                 .detail = own_.optional_number(3),
                 .same_as = own_.number(4),
                 .contacts_added = own_.optional_number(5),
                 .contacts_skipped = own_.optional_number(6),
                 .batch = own_.optional_number(7),
                 .settled_at = own_.optional_number(8),
                 .verified_at = own_.optional_number(9)};
}

}  // namespace seqload::state
