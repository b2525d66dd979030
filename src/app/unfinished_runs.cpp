#include "seqload/app/unfinished_runs.hpp"

#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>

namespace seqload::app {

namespace {

bool share_an_input(const state::RunRecord& left, const state::RunRecord& right) {
    return std::ranges::any_of(left.inputs, [&](const state::InputFile& file) {
        return !file.fingerprint.empty() &&
               std::ranges::any_of(right.inputs, [&](const state::InputFile& other) {
                   return other.fingerprint == file.fingerprint;
               });
    });
}

bool was_stopped(const state::RunRecord& run) {
    return run.command == "load" && run.planned_rows && !run.process &&
           (!run.ending ||
            (run.ending->stop_reason != "finished" && run.ending->stop_reason != "declined" &&
             run.ending->stop_reason != "check_failed"));
}

}  // namespace

void tell_stopped_run(const state::Store& store) {
    const auto runs = store.runs();
    if (!runs)
        return;
    const auto stopped = std::ranges::find_if(*runs, was_stopped);
    if (stopped != runs->end())
        note(joined("run ", stopped->id, " stopped before its end; `seqload resume ", stopped->id,
                    "` goes on with it"));
}

void tell_unfinished_runs(const state::Store& store, const state::RunId& run) {
    const auto runs = store.runs();
    if (!runs)
        return;
    const auto ours = std::ranges::find(*runs, run, &state::RunRecord::id);
    if (ours == runs->end())
        return;
    for (const state::RunRecord& earlier : *runs) {
        if (earlier.id != run && earlier.api_url == ours->api_url && was_stopped(earlier) &&
            share_an_input(earlier, *ours)) {
            note(joined("run ", earlier.id,
                        " of the same input stopped before its end; `seqload resume ", earlier.id,
                        "` would go on with it"));
            return;
        }
    }
}

}  // namespace seqload::app
