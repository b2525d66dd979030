#pragma once

// What Apollo last answered when asked for one of a team's lists. The state
// keeps it as it is handed over; what is in it is known to who asked.

#include "seqload/base/clock.hpp"

#include <string>

namespace seqload::state {

// Whose list, and of what.
struct TeamListKey {
    std::string api_url;
    std::string team;  // the fingerprint of the key
    std::string list;  // "sequences"

    bool operator==(const TeamListKey&) const = default;
};

struct TeamList {
    std::string content;  // JSON
    WallTime read_at;

    bool operator==(const TeamList&) const = default;
};

}  // namespace seqload::state
