#pragma once

// The options that shape a plan, as JSON: on record with a run, and in a plan that
// is saved to be approved.

#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"

#include <nlohmann/json.hpp>

namespace seqload::app {

// Paths as they were given; without the table of names, which is not an option.
nlohmann::ordered_json plan_options_json(const PlanOptions& options);

// The same back, without files and names. now: ReadOptions::now. Throws std::exception
// for what plan_options_json did not make.
PlanOptions plan_options_in(const nlohmann::ordered_json& json, WallTime now);

// Throws std::invalid_argument for what is no id.
Id id_in(const nlohmann::ordered_json& json);

}  // namespace seqload::app
