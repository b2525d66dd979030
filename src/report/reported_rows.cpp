#include "seqload/report/reported_rows.hpp"

#include <stdexcept>
#include <utility>

namespace seqload::report {

ReportedRows::ReportedRows(Result<std::unique_ptr<input::RowReader>> rows, NextOutcome next_outcome,
                           std::optional<std::uint64_t> planned_rows)
    : reading_(rows.has_value()),
      next_outcome_(std::move(next_outcome)),
      planned_rows_(planned_rows) {
    if (rows)
        reader_ = std::move(*rows);
    else
        input_trouble_ = std::move(rows.error());
}

Result<bool> ReportedRows::next() {
    if (!std::exchange(fetched_, true)) {
        if (auto fetched = fetch_outcome(); !fetched)
            return std::unexpected(std::move(fetched.error()));
    }
    const bool has_cells = read_row();
    if (!has_cells && !is_row_left())
        return false;

    ++current_.number;
    current_.row = has_cells ? &row_ : nullptr;
    if (waiting_ != nullptr && waiting_->outcome.row == current_.number) {
        current_.recorded = waiting_;
        fetched_ = false;
    } else {
        unattempted_.outcome.row = current_.number;
        current_.recorded = &unattempted_;
    }
    return true;
}

// False when the input has no further row, or none that can be read.
bool ReportedRows::read_row() {
    if (!reading_)
        return false;
    auto found = reader_->next(row_);
    reading_ = found && *found;
    if (!found)
        input_trouble_ = std::move(found.error());
    return reading_;
}

Result<void> ReportedRows::fetch_outcome() {
    waiting_ = nullptr;
    auto fetched = next_outcome_();
    if (!fetched)
        return std::unexpected(std::move(fetched.error()));
    waiting_ = *fetched;
    if (waiting_ != nullptr && waiting_->outcome.row <= current_.number)
        throw std::logic_error("outcomes are not in the order of the rows");
    return {};
}

bool ReportedRows::is_row_left() const {
    return waiting_ != nullptr || (planned_rows_ && current_.number < *planned_rows_);
}

}  // namespace seqload::report
