#pragma once

// Events of the quota as they stand in the state's log: JSON without the time,
// which has a column of its own. Pure.
//
//   {"sent":7}
//   {"answered":7,"minute":{"limit":200,"used":3,"left":197},"day":{"unlimited":true}}
//   {"rate_limited":7,"retry_after":2700.0,"window":"hour","hour":{…}}
//   {"lost":7}  {"never_sent":7}

#include "seqload/base/clock.hpp"
#include "seqload/quota/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seqload::dispatch {

std::string to_text(const quota::Event& event);

// nullopt: a later seqload wrote it, or it is damaged. An event that is passed over
// costs a 429 at the worst.
std::optional<quota::Event> read_event(std::string_view text, SteadyTime at);

}  // namespace seqload::dispatch
