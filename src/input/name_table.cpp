#include "seqload/input/name_table.hpp"

#include "seqload/base/text.hpp"
#include "seqload/model/stand_in.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <xxhash.h>

namespace seqload::input {

namespace {

std::size_t place_of(Column column) {
    const auto* const found = std::ranges::find(name_columns, column);
    if (found == name_columns.end())
        throw std::logic_error("a column without names is asked for one");
    return static_cast<std::size_t>(found - name_columns.begin());
}

}  // namespace

std::string name_key(Column column, std::string_view name) {
    const std::string_view text = trimmed(name);
    return column == Column::sequence ? std::string(text) : lowered(text);
}

std::vector<std::string_view> names_in(Column column, std::string_view cell) {
    if (column != Column::email_account)
        return trimmed(cell).empty() ? std::vector<std::string_view>() : std::vector{trimmed(cell)};
    std::vector<std::string_view> names;
    for (const std::string_view part : split(cell, ';')) {
        if (!trimmed(part).empty())
            names.push_back(trimmed(part));
    }
    return names;
}

// The state keeps stand-ins, so this never changes: XXH3-64 of the key, seeded by the column.
Id stand_in_for(Column column, std::string_view name) {
    const std::string key = name_key(column, name);
    return stand_in(XXH3_64bits_withSeed(key.data(), key.size(), place_of(column)));
}

void NameTable::put(Column column, std::string_view name, Meaning meaning) {
    columns_[place_of(column)].insert_or_assign(name_key(column, name), std::move(meaning));
}

const NameTable::Meaning* NameTable::find(Column column, std::string_view name) const {
    const Names& names = of(column);
    if (names.empty())
        return nullptr;
    const auto found = names.find(name_key(column, name));
    return found == names.end() ? nullptr : &found->second;
}

const NameTable::Names& NameTable::of(Column column) const {
    return columns_[place_of(column)];
}

bool NameTable::empty() const {
    return std::ranges::all_of(columns_, [](const Names& names) { return names.empty(); });
}

}  // namespace seqload::input
