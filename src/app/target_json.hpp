#pragma once

// A target's parameters as JSON, as `plan --json` and a saved plan have them.

#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <nlohmann/json.hpp>

namespace seqload::app {

// What is set; things that nobody has looked up by the names that stand in the input.
nlohmann::ordered_json target_json(const Target& target, const TargetTable& targets);

}  // namespace seqload::app
