#pragma once

// Points in time as text: ISO 8601, as Apollo reads and the reports write them.

#include "seqload/base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seqload {

// "2026-11-23T21:36:22.123Z".
std::string to_text(WallTime time);

// Reads a calendar date-time with a zone: "2026-11-23T21:36:22Z",
// "…T21:36+01:00", "…T21:36:22.5-0800". A lower-case t or z and a space for the
// T are taken, too (RFC 3339, section 5.6). nullopt if it is none, has no
// zone, or names a day or hour that does not exist.
std::optional<WallTime> parse_timestamp(std::string_view text);

}  // namespace seqload
