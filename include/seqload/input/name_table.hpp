#pragma once

// What the names in the input mean: a plain table, made before the rows are read and the same in
// every pass over them, also in a later process. It looks nothing up by itself.

#include "seqload/input/column.hpp"
#include "seqload/model/id.hpp"

#include <array>
#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::input {

// A name as it tells things apart: without spaces around it, an address in lower case.
std::string name_key(Column column, std::string_view name);

// The names in a cell, without spaces around them: mailboxes may be several, separated by ';'
// (empty parts are passed over), of all else there is one at most.
std::vector<std::string_view> names_in(Column column, std::string_view cell);

// The stand-in (model/stand_in.hpp) for a name of that column: the same for the same key.
Id stand_in_for(Column column, std::string_view name);

// Only the columns in name_columns have names; any other throws std::logic_error.
class NameTable {
public:
    // The id, or else why there is none: a sentence for a person.
    using Meaning = std::expected<Id, std::string>;
    using Names = std::map<std::string, Meaning, std::less<>>;

    // What a name means, whatever the spaces around it and the case of an address.
    void put(Column column, std::string_view name, Meaning meaning);

    // nullptr: nobody has looked it up.
    const Meaning* find(Column column, std::string_view name) const;

    // All of a column's, by key.
    const Names& of(Column column) const;

    bool empty() const;

    bool operator==(const NameTable&) const = default;

private:
    std::array<Names, name_columns.size()> columns_;
};

}  // namespace seqload::input
