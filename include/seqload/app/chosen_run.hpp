#pragma once

// The run that a command is about.

#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/store.hpp"

#include <memory>

namespace seqload::app {

struct ChosenRun {
    std::unique_ptr<state::Store> store;
    state::RunRecord record;
};

// Opens the state and looks the run up; without a name, the latest one. Errors:
// usage where there is no such run, or none at all; those of Store::open.
Result<ChosenRun> choose_run(const RunOptions& options);

// Tells, on standard error, when the key is not the one that the run was begun
// with: a key that was replaced is fine, one of another team's is not, and only
// a person can know which it is.
void compare_keys(const state::RunRecord& run, const std::string& fingerprint);

}  // namespace seqload::app
