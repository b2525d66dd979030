#pragma once

// A text with named gaps, @like_this@, cut up once and filled in often.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

class GapText {
public:
    // text must outlive this object. A name that is not in `gaps` is a broken promise.
    GapText(std::string_view text, const std::vector<std::string_view>& gaps);

    // Appends the text; fill(gap) appends what belongs in the gap of that place in `gaps`.
    template <class Fill>
    void append_to(std::string& out, Fill fill) const {
        for (const Piece& piece : pieces_) {
            out += piece.text;
            if (piece.gap != no_gap)
                fill(piece.gap);
        }
    }

private:
    static constexpr std::size_t no_gap = static_cast<std::size_t>(-1);

    struct Piece {
        std::string_view text;
        std::size_t gap = no_gap;  // the one after the text
    };

    std::vector<Piece> pieces_;
};

}  // namespace seqload::sandbox
