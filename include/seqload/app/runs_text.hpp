#pragma once

// The list of runs for a person and for programs. Pure.

#include "seqload/state/counts.hpp"
#include "seqload/state/run_facts.hpp"

#include <span>
#include <string>

namespace seqload::app {

struct ListedRun {
    state::RunRecord record;
    state::StatusCounts rows;  // of a load: the rows that have an outcome
};

// In one or two words: "running (4711)", "finished", "stopped (gave_up)", "killed".
std::string state_of(const state::RunRecord& run);

std::string runs_text(std::span<const ListedRun> runs);

// A JSON array: run_id, command, undoes, started_at, finished_at, state,
// exit_code, input[], rows{total,…}, requests.
std::string runs_json(std::span<const ListedRun> runs);

}  // namespace seqload::app
