#pragma once

// The names that good rows use, each once: what has to be looked up before the rows can be told
// apart. Holds distinct names only, however many rows use them. Reads and looks up nothing itself.

#include "seqload/input/column.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seqload::input {

// One name and the rows that depend on it, having no id beside it. Of a name that stands beside
// ids only, no row depends.
struct NameUse {
    std::string name;         // as it is first written
    std::uint64_t rows = 0;   // that depend on it
    std::uint32_t file = 0;   // the first of them
    std::uint64_t line = 0;   // the same; 0: there is none
    bool by_default = false;  // the first of them leaves it to the defaults

    bool operator==(const NameUse&) const = default;
};

class NameCollector {
public:
    // The names among the defaults count for the rows that leave their cells empty.
    explicit NameCollector(const RowDefaults& defaults);

    // Whether any name can be met in files of these columns.
    static bool is_needed(const Schema& schema, const RowDefaults& defaults);

    // Notes the names of the row that the reader has just returned; none of an invalid one.
    void take(const RowReader& reader, const Row& row);

    // A column's, in the order of first appearance.
    std::span<const NameUse> uses(Column name_column) const;

private:
    struct Names {
        std::vector<NameUse> uses;
        std::unordered_map<std::string, std::size_t> by_key;
        // The cell of the row before, which is mostly that of the next one, too.
        std::string last_cell;
        std::vector<std::size_t> last_uses;
    };

    const std::vector<std::size_t>& uses_in(Names& names, Column column, std::string_view cell);
    std::size_t use_of(Names& names, Column column, std::string_view name);

    std::array<std::string, name_columns.size()> default_cells_;  // empty: no name
    std::array<Names, name_columns.size()> columns_;
};

}  // namespace seqload::input
