#pragma once

// Whole lives of runs, step by step, for tests that let one of the steps go wrong.

#include "state/state_fixture.hpp"

#include <functional>
#include <string>
#include <vector>

namespace seqload::state {

using Step = std::function<Result<void>(Store&)>;

// These changes of the run run_id, in one transaction.
Step applying(std::vector<Change> changes);

// A small load with every kind of change in it: it ends, is taken up again and
// verified, and part of it is undone.
std::vector<Step> small_run();

// What is on record after none, one, two … of the steps.
std::vector<std::string> facts_after_each(const std::vector<Step>& steps);

}  // namespace seqload::state
