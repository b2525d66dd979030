#pragma once

// The options that shape a plan, as JSON: on record with a run, and in a plan that
// is saved to be approved.

#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"

#include <cstdint>

#include <nlohmann/json.hpp>

namespace seqload::app {

// What --batch-size and --labels-per-request take at most, on the command line and in JSON.
inline constexpr std::uint32_t most_in_a_batch = 10'000;
inline constexpr std::uint32_t most_labels_in_a_request = 1'000;

// Paths as they were given; without the table of names, which is not an option.
nlohmann::ordered_json plan_options_json(const PlanOptions& options);

// The same back, without files and names. now: ReadOptions::now. Throws std::exception
// for what plan_options_json did not make.
PlanOptions plan_options_in(const nlohmann::ordered_json& json, WallTime now);

// Throws std::invalid_argument for what is no id.
Id id_in(const nlohmann::ordered_json& json);

}  // namespace seqload::app
