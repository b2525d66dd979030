#pragma once

// The live status in words: how far a run is, in a few lines that are cut to a terminal's
// width. Pure; who draws them: live_block.hpp.

#include "seqload/app/progress_text.hpp"
#include "seqload/base/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

// What there is room for.
struct BlockShape {
    std::size_t columns = 80;  // of the terminal; the last one stays free
    std::size_t rows = 24;     // likewise
    bool colours = false;

    bool operator==(const BlockShape&) const = default;
};

// Rows and outcomes, requests, the time to the end, the quota, and what is waited for: no
// line is wider, and there are not more of them, than the shape has room for.
std::vector<std::string> status_block(const Progress& progress, const WallView& view,
                                      const BlockShape& shape);

// How far an undo or a verification is.
struct ErrandProgress {
    std::string_view item;  // what is counted: "contact"
    std::string_view done;  // and what happens to it: "settled"
    std::uint64_t items = 0;
    std::uint64_t settled = 0;
    std::uint64_t requests_sent = 0;

    struct Waiting {
        Window window;
        WallTime until;
    };
    std::optional<Waiting> waiting;
};

std::vector<std::string> status_block(const ErrandProgress& progress, const WallView& view,
                                      const BlockShape& shape);

}  // namespace seqload::app
