#pragma once

// Durations as people write and read them.

#include "seqload/base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seqload {

// "500ms", "90s", "1.5h", "4h30m", "2d". Units ms, s, m, h, d, the larger
// first; nullopt for anything else, for a number without a unit, or for more
// than 100 years. "0" needs no unit.
std::optional<Duration> parse_duration(std::string_view text);

// How long it is from now until clocks of this machine show the time of day "06:00" or
// "6:00" the next time, at least a minute's fraction and at most a day (25 hours when
// clocks are put back); nullopt for any other text. By the machine's time zone.
std::optional<Duration> until_time_of_day(std::string_view text, WallTime now);

// For people, two units at most: "850 ms", "4.2 s", "12 min 30 s", "5 h 3 min",
// "2 d 4 h"; with a minus before it if it is negative.
std::string describe(Duration duration);

}  // namespace seqload
