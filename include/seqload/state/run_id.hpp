#pragma once

// What a run is called: when it began, and four letters that tell runs of the
// same second apart. Sorts by time, and can be typed: "20261123-213622-k7q2".

#include "seqload/base/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace seqload::state {

using RunId = std::string;

// The time in UTC, and the four letters taken from drawn (any 64 bits; the low
// 20 count). Years up to 9999.
RunId make_run_id(WallTime started_at, std::uint64_t drawn);

// Whether this could be an id that make_run_id made.
bool looks_like_run_id(std::string_view text);

}  // namespace seqload::state
