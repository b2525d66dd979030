#pragma once

// Which of the input's columns a report carries, what they are called there,
// and where each file keeps its cells for them. Pure.
//
// A row may have fewer or more cells than its file's header (it is invalid
// then, wrong_column_count). Those that are missing are empty; the surplus
// stays, behind a comma each, in the file's last column, so that nothing of the
// row is lost and no cell moves into another column.

#include "seqload/input/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

class CarriedColumns {
public:
    // No columns.
    CarriedColumns() = default;

    // For report.csv: the columns that are not ours, to the right of the taken names, and those
    // with names: what was found for them stands in our own columns, by id.
    static CarriedColumns beside(const input::Schema& schema,
                                 std::span<const std::string_view> taken);

    // For attention.csv: every column, as the input spells it. A column that is
    // not ours only because --map named another, or none, gets the prefix "input_"
    // where it would be taken for ours without --map.
    static CarriedColumns to_load_again(const input::Schema& schema);

    const std::vector<std::string>& names() const { return names_; }

    // Calls write(cell) for each column in order, with the row's cells as its
    // file has them. Views are valid during the call only.
    template <class Write>
    void for_each_cell(std::size_t file, std::span<const std::string_view> cells, Write write) {
        const FileLayout& layout = files_[file];
        const bool has_surplus = cells.size() > layout.cell_count;
        if (has_surplus)
            join_surplus(layout, cells);
        for (const std::uint32_t place : layout.places) {
            if (place >= cells.size())
                write(std::string_view());
            else if (has_surplus && place == layout.last)
                write(std::string_view(joined_));
            else
                write(cells[place]);
        }
    }

private:
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    struct FileLayout {
        std::vector<std::uint32_t> places;  // by column: its place among the cells, or nowhere
        std::size_t cell_count = 0;         // how many cells the header has
        std::uint32_t last = nowhere;       // the last that any report may carry
    };

    CarriedColumns(const input::Schema& schema,
                   const std::vector<const input::SchemaColumn*>& columns,
                   std::vector<std::string> names);

    void join_surplus(const FileLayout& layout, std::span<const std::string_view> cells);

    std::vector<std::string> names_;
    std::vector<FileLayout> files_;
    std::string joined_;
};

}  // namespace seqload::report
