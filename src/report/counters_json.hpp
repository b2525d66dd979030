#pragma once

// The counters as the JSON members that summary.json and the state have of them.

#include "seqload/report/counters.hpp"

#include <nlohmann/json.hpp>

namespace seqload::report {

nlohmann::ordered_json to_json(const RequestCounters& requests);
nlohmann::ordered_json quota_to_json(const Counters& counters);
nlohmann::ordered_json to_json(const ByteCounters& bytes);
// Null where there is none.
nlohmann::ordered_json forecast_to_json(const Counters& counters);
nlohmann::ordered_json remaining_to_json(const Counters& counters);

}  // namespace seqload::report
