#pragma once

// Which rows repeat an earlier one, and which: all that the second pass has to
// know of the first. One bit a row and four bytes for each repeating row; nothing
// at all where no row repeats another.
//
//   bits     one per row, set if it repeats another           | 0010 0001 … |
//   before   one per 512 rows: how many are set before them
//   values   the repeated rows, in the order of the set bits

#include "seqload/model/row.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace seqload::plan {

class RepeatedRows {
public:
    // None.
    RepeatedRows() = default;

    // repeats: how many of the rows 1 to `rows` will be added.
    RepeatedRows(RowNumber rows, RowNumber repeats);

    // In ascending order of rows, none beyond the number promised.
    void add(RowNumber row, RowNumber repeated);

    // The row that this one repeats; 0 if none.
    RowNumber repeated_by(RowNumber row) const;

    // Memory held.
    std::size_t bytes() const;

private:
    std::vector<std::uint64_t> bits_;
    std::vector<RowNumber> before_;
    std::vector<RowNumber> values_;
};

}  // namespace seqload::plan
