#pragma once

// An undo on its way, once its removals are on record: send, report. A new one
// and one that is taken up again are the same.

#include "seqload/app/api_access.hpp"
#include "seqload/app/chosen_run.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/recorded_options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/state/store.hpp"

namespace seqload::app {

struct UndoParts {
    state::Store& store;
    const state::RunId& run;  // the undo's own; this process holds it
    const RecordedUndo& options;
    const ApiAccess& api;
    Random& random;
    bool taken_up_again = false;
    bool json = false;
    bool quiet = false;
};

// Removes what still waits, writes the reports, ends the run: the exit code.
Result<int> send_undo(const UndoParts& parts);

// Goes on with an undo that this process holds.
Result<int> resume_undo(ChosenRun chosen, const ResumeOptions& given);

}  // namespace seqload::app
