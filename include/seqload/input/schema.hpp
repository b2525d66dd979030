#pragma once

// The columns of all input files together, as the reports lay them out.

#include "seqload/input/column.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seqload::input {

// Columns of several files are one if they have the same role, or else if they
// are spelled the same (the second "Notes" of a file is a column of its own).
struct SchemaColumn {
    std::string name;            // as written where it first appeared
    std::optional<Column> role;  // nullopt: not ours
    bool ignored = false;        // a result_… column of an earlier report, not carried through
    std::vector<std::optional<std::uint32_t>> cell;  // by file: the place among its cells
};

class Schema {
public:
    // What one file's header says of one of its columns.
    struct HeaderColumn {
        std::string name;
        std::optional<Column> role;
        bool ignored = false;
    };

    // Adds the next file's columns, in the order of its header.
    void add_file(std::span<const HeaderColumn> header);

    // In order of first appearance.
    std::span<const SchemaColumn> columns() const { return columns_; }
    std::size_t file_count() const { return file_count_; }

    // Whether any file has this column.
    bool has(Column role) const;

private:
    std::vector<SchemaColumn> columns_;
    std::size_t file_count_ = 0;
};

}  // namespace seqload::input
