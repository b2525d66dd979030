#include "seqload/input/name_collector.hpp"

#include "seqload/base/text.hpp"
#include "seqload/input/name_table.hpp"

#include <algorithm>
#include <stdexcept>

namespace seqload::input {

namespace {

// The defaults that are names, as cells; empty where there is none, or an id.
std::array<std::string, name_columns.size()> cells_of(const RowDefaults& defaults) {
    std::string mailboxes;
    if (defaults.mailboxes.empty()) {
        for (const std::string& address : defaults.mailboxes_called)
            mailboxes += address + ';';
    }
    return {defaults.sequence ? std::string() : defaults.sequence_called, mailboxes,
            defaults.user ? std::string() : defaults.user_called};
}

}  // namespace

NameCollector::NameCollector(const RowDefaults& defaults) : default_cells_(cells_of(defaults)) {}

bool NameCollector::is_needed(const Schema& schema, const RowDefaults& defaults) {
    return std::ranges::any_of(name_columns, [&](Column column) { return schema.has(column); }) ||
           std::ranges::any_of(cells_of(defaults),
                               [](const std::string& cell) { return !cell.empty(); });
}

void NameCollector::take(const RowReader& reader, const Row& row) {
    if (row.invalid)
        return;
    for (std::size_t place = 0; place < name_columns.size(); ++place) {
        const Column column = name_columns[place];
        const std::string_view own = trimmed(reader.raw(column));
        const bool has_id = !trimmed(reader.raw(id_column_of(column))).empty();
        if (own.empty() && (has_id || default_cells_[place].empty()))
            continue;
        const std::string_view cell = own.empty() ? default_cells_[place] : own;
        for (const std::size_t index : uses_in(columns_[place], column, cell)) {
            NameUse& use = columns_[place].uses[index];
            if (has_id || use.rows++ > 0)
                continue;
            use.file = row.file;
            use.line = row.line;
            use.by_default = own.empty();
        }
    }
}

std::span<const NameUse> NameCollector::uses(Column name_column) const {
    const auto* const found = std::ranges::find(name_columns, name_column);
    if (found == name_columns.end())
        throw std::logic_error("a column without names is asked for them");
    return columns_[static_cast<std::size_t>(found - name_columns.begin())].uses;
}

const std::vector<std::size_t>& NameCollector::uses_in(Names& names, Column column,
                                                       std::string_view cell) {
    if (!names.last_cell.empty() && names.last_cell == cell)
        return names.last_uses;
    names.last_cell = cell;
    names.last_uses.clear();
    for (const std::string_view name : names_in(column, cell)) {
        const std::size_t use = use_of(names, column, name);
        // A mailbox that a cell names twice is still one row's.
        if (std::ranges::find(names.last_uses, use) == names.last_uses.end())
            names.last_uses.push_back(use);
    }
    return names.last_uses;
}

std::size_t NameCollector::use_of(Names& names, Column column, std::string_view name) {
    const auto [found, is_new] =
        names.by_key.try_emplace(name_key(column, name), names.uses.size());
    if (is_new)
        names.uses.push_back({.name = std::string(name)});
    return found->second;
}

}  // namespace seqload::input
