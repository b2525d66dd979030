#include "seqload/input/row_rules.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <utility>

namespace seqload::input {

namespace {

std::string_view first_cell_with(std::span<const std::string_view> cells, std::string_view text) {
    const auto cell = std::ranges::find_if(
        cells, [text](std::string_view one) { return one.find(text) != std::string_view::npos; });
    return cell == cells.end() ? std::string_view() : *cell;
}

// What a person sees of a record that is broken as such: the cell at fault.
void reject_problem(RecordProblem problem, std::span<const std::string_view> cells, Row& row) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
    std::string_view text;
    switch (problem) {
        case RecordProblem::none:
            std::unreachable();
        case RecordProblem::unterminated_quote:
            row.invalid = InvalidReason::unterminated_quote;
            text = cells.back();
            break;
        case RecordProblem::record_too_long:
            row.invalid = InvalidReason::record_too_long;
            text = cells.front();
            break;
        case RecordProblem::bad_utf8:
            row.invalid = InvalidReason::bad_utf8;
            text = first_cell_with(cells, replacement);
            break;
        case RecordProblem::nul_byte:
            row.invalid = InvalidReason::nul_byte;
            text = first_cell_with(cells, replacement);
            break;
    }
    row.detail = bounded(text, most_detail_bytes);
}

void reject(InvalidReason reason, std::string_view detail, Row& row) {
    row.invalid = reason;
    row.detail = bounded(detail, most_detail_bytes);
}

}  // namespace

RowRules::RowRules(const Header& header, const ReadOptions& options)
    : header_(&header), target_cells_(header, options) {}

void RowRules::judge(const Record& record, TargetTable& targets, Row& row) {
    row.invalid.reset();
    row.detail.clear();
    row.contact = Id();
    row.label.clear();
    row.target = 0;
    const RowOutline& outline = *record.outline;
    if (outline.kind == RowOutline::Kind::other)
        return reject_record(record, row);
    auto target = target_cells_.find(record.cells, outline.target, targets);
    if (!target) {
        row.invalid = target.error().reason;
        row.detail = std::move(target.error().detail);
        return;
    }
    row.contact = outline.contact;
    if (outline.kind == RowOutline::Kind::label)
        row.label = cell(record, Column::label);
    row.target = *target;
}

void RowRules::reject_record(const Record& record, Row& row) const {
    if (record.problem != RecordProblem::none)
        return reject_problem(record.problem, record.cells, row);
    if (record.cells.size() != header_->columns.size())
        return reject(InvalidReason::wrong_column_count,
                      joined("expected ", counted(header_->columns.size(), "column"), ", found ",
                             grouped(record.cells.size())),
                      row);
    const std::string_view contact = trimmed(cell(record, Column::contact_id));
    const std::string_view label = cell(record, Column::label);
    const bool has_label = !trimmed(label).empty();
    if (contact.empty() && !has_label)
        return reject(InvalidReason::missing_contact_or_label, "", row);
    if (has_label)
        return reject(InvalidReason::both_contact_and_label, joined(contact, " and ", label), row);
    reject(InvalidReason::bad_contact_id, contact, row);
}

std::string_view RowRules::cell(const Record& record, Column column) const {
    const auto index = header_->cell[place(column)];
    return index ? record.cells[*index] : std::string_view();
}

}  // namespace seqload::input
