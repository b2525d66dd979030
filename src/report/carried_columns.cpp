#include "seqload/report/carried_columns.hpp"

#include "seqload/report/column_names.hpp"

#include <algorithm>
#include <utility>

namespace seqload::report {

namespace {

using input::Schema;
using input::SchemaColumn;

template <class Predicate>
std::vector<const SchemaColumn*> columns_where(const Schema& schema, Predicate is_wanted) {
    std::vector<const SchemaColumn*> columns;
    for (const SchemaColumn& column : schema.columns()) {
        if (is_wanted(column))
            columns.push_back(&column);
    }
    return columns;
}

// Whether the column's name means a role that another column plays under a name
// that means it, too, or that none is to play.
bool would_be_mistaken(const SchemaColumn& column, const Schema& schema) {
    if (column.role)
        return false;
    const auto meant = input::column_named(column.name);
    return meant && (!schema.has(*meant) ||
                     std::ranges::any_of(schema.columns(), [meant](const SchemaColumn& other) {
                         return other.role == meant && input::column_named(other.name) == meant;
                     }));
}

}  // namespace

CarriedColumns CarriedColumns::beside(const Schema& schema,
                                      std::span<const std::string_view> taken) {
    const auto columns = columns_where(schema, [](const SchemaColumn& column) {
        const bool is_reported = column.role && !input::is_name_column(*column.role);
        return !is_reported && !column.ignored;
    });
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const SchemaColumn* column : columns)
        names.push_back(column->name);
    return {schema, columns, names_beside(taken, names)};
}

CarriedColumns CarriedColumns::to_load_again(const Schema& schema) {
    const auto columns =
        columns_where(schema, [](const SchemaColumn& column) { return !column.ignored; });
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const SchemaColumn* column : columns)
        names.push_back(would_be_mistaken(*column, schema) ? "input_" + column->name
                                                           : column->name);
    return {schema, columns, std::move(names)};
}

CarriedColumns::CarriedColumns(const Schema& schema,
                               const std::vector<const SchemaColumn*>& columns,
                               std::vector<std::string> names)
    : names_(std::move(names)) {
    for (std::size_t file = 0; file < schema.file_count(); ++file) {
        FileLayout layout;
        for (const SchemaColumn* column : columns)
            layout.places.push_back(column->cell[file].value_or(nowhere));
        for (const SchemaColumn& column : schema.columns()) {
            if (!column.cell[file])
                continue;
            ++layout.cell_count;
            if (!column.ignored && (layout.last == nowhere || *column.cell[file] > layout.last))
                layout.last = *column.cell[file];
        }
        files_.push_back(std::move(layout));
    }
}

void CarriedColumns::join_surplus(const FileLayout& layout,
                                  std::span<const std::string_view> cells) {
    joined_.clear();
    if (layout.last == nowhere)
        return;
    joined_ = cells[layout.last];
    for (const std::string_view cell : cells.subspan(layout.cell_count)) {
        joined_ += ',';
        joined_ += cell;
    }
}

}  // namespace seqload::report
