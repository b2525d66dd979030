#pragma once

// Points in time as a person at this machine reads them off a clock, by its time zone.
// What programs read is ISO 8601 (timestamp.hpp).

#include "seqload/base/clock.hpp"

#include <string>

namespace seqload {

// When something ends, as short as it can be said now: "17:59:30" within ten minutes,
// "17:59" on the same day, "Thu 26 Nov 06:12" within half a year, else "2027-06-01 06:12".
// Rounded up to what is shown: by then it has ended.
std::string local_time_text(WallTime time, WallTime now);

}  // namespace seqload
