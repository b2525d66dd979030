#include "seqload/input/row_outliner.hpp"

#include "seqload/base/text.hpp"
#include "seqload/input/cell_values.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace seqload::input {

namespace {

std::vector<std::uint32_t> cells_that_name_targets(const Header& header) {
    std::vector<std::uint32_t> places;
    for (const Column column : all_columns()) {
        const bool names_target = column != Column::contact_id && column != Column::label;
        if (names_target && header.has(column))
            places.push_back(*header.cell[place(column)]);
    }
    return places;
}

bool is_blank(std::string_view cell) {
    return cell.empty() || trimmed(cell).empty();
}

}  // namespace

RowOutliner::RowOutliner(const Header& header, std::uint64_t seed)
    : header_(&header), targets_(cells_that_name_targets(header), seed) {}

void RowOutliner::fill(const Record& record, RowOutline& outline) {
    if (record.problem != RecordProblem::none || record.cells.size() != header_->columns.size())
        return;
    const auto cell = [&](Column column) {
        const auto index = header_->cell[place(column)];
        return index ? record.cells[*index] : std::string_view();
    };
    const std::string_view contact = cell(Column::contact_id);
    if (is_blank(cell(Column::label))) {
        auto id = Id::parse(contact);
        if (!id)
            id = parse_id(contact);
        if (!id)
            return;
        outline.contact = *id;
        outline.kind = RowOutline::Kind::contact;
    } else if (is_blank(contact)) {
        outline.kind = RowOutline::Kind::label;
    } else {
        return;
    }
    outline.target = targets_.find(record.cells);
}

}  // namespace seqload::input
