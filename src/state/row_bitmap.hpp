#pragma once

// A set of rows in one bit for each of the input, or thereabouts.

#include "seqload/model/row.hpp"

#include <bitset>
#include <cstddef>
#include <memory>
#include <vector>

namespace seqload::state {

class RowBitmap {
public:
    // False: it was in there before.
    bool add(RowNumber row);

private:
    // Rows that lie close together share a piece; one where no row is takes no room.
    static constexpr std::size_t piece_size = std::size_t{1} << 16U;
    using Piece = std::bitset<piece_size>;

    std::vector<std::unique_ptr<Piece>> pieces_;
};

}  // namespace seqload::state
