#pragma once

// A target's things where nobody has looked their names up: `plan` touches no network, so it shows
// the names that stand in the input. Pure.

#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/planner.hpp"

#include <span>
#include <string>

namespace seqload::app {

// The name that the id stands in for, safe for a terminal, or else the id.
std::string name_or_id(const TargetTable& targets, const Id& id);

// All of them as the cell of an input would have them, separated by ';': for programs, so nothing
// in it is made safe.
std::string names_or_ids(const TargetTable& targets, std::span<const Id> ids);

// Whether one of them stands in for a name.
bool any_is_called(const TargetTable& targets, std::span<const Id> ids);

// What a person should know of a plan that is by names; empty if it is not. Ends with a line feed.
std::string note_on_names(const plan::Planner& planner, const TargetTable& targets);

}  // namespace seqload::app
