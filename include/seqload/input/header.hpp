#pragma once

// A file's header: what its columns are called and which of them is what.

#include "seqload/base/error.hpp"
#include "seqload/input/column.hpp"
#include "seqload/input/input_file.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/schema.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace seqload::input {

struct Header {
    std::uint64_t line = 1;  // where it stands, from 1
    char separator = ',';
    std::vector<Schema::HeaderColumn> columns;
    std::array<std::optional<std::uint32_t>, column_count> cell;  // by column: its place

    bool has(Column column) const { return cell[place(column)].has_value(); }
};

// Reads a file's header record and gives the names their roles.
// Errors: unusable_input where there is none or it cannot be read as one.
Result<Header> read_header(InputFile& file, const ReadOptions& options);

}  // namespace seqload::input
