#pragma once

// The counters as the JSON members that summary.json and the state have of them.

#include "seqload/report/counters.hpp"

#include <nlohmann/json.hpp>

namespace seqload::report {

nlohmann::ordered_json to_json(const RequestCounters& requests);
nlohmann::ordered_json quota_to_json(const Counters& counters);
nlohmann::ordered_json to_json(const ByteCounters& bytes);

}  // namespace seqload::report
