#pragma once

// How long an answer asks us to stay away: `retry-after` (RFC 9110, section
// 10.2.3), as seconds or as a date.

#include "seqload/base/clock.hpp"
#include "seqload/base/header_fields.hpp"

#include <optional>
#include <string_view>

namespace seqload::apollo {

// A date counts from the answer's own `date`, so that our clock need not be
// right; from now if it has none. One that has passed is 0; at most 366 days;
// nullopt if the field is missing or is neither.
std::optional<Duration> read_retry_after(const HeaderFields& headers, WallTime now);

// An HTTP-date in any of its three forms (RFC 9110, section 5.6.7), read without
// case. now: settles the century of a two-digit year.
std::optional<WallTime> parse_http_date(std::string_view text, WallTime now);

}  // namespace seqload::apollo
