#include "row_bitmap.hpp"

namespace seqload::state {

bool RowBitmap::add(RowNumber row) {
    const std::size_t place = row / piece_size;
    if (place >= pieces_.size())
        pieces_.resize(place + 1);
    auto& piece = pieces_[place];
    if (!piece)
        piece = std::make_unique<Piece>();
    auto bit = (*piece)[row % piece_size];
    if (bit)
        return false;
    bit = true;
    return true;
}

}  // namespace seqload::state
