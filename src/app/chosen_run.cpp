#include "seqload/app/chosen_run.hpp"

#include "seqload/app/locations.hpp"
#include "seqload/app/log.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <utility>

namespace seqload::app {

Result<ChosenRun> choose_run(const RunOptions& options) {
    auto path = state_file(options.state_file, process_environment());
    if (!path)
        return std::unexpected(std::move(path.error()));
    auto store = state::Store::open(*path, {.create = false});
    if (!store)
        return std::unexpected(std::move(store.error()));
    state::RunId id = options.run;
    if (id.empty()) {
        auto latest = (*store)->latest_run();
        if (!latest)
            return std::unexpected(std::move(latest.error()));
        if (!*latest) {
            return fail(ErrorKind::usage, "there is no run on record", printable(path->string()),
                        "name another state with --state, or begin with `seqload load`");
        }
        id = **latest;
    }
    auto record = (*store)->run(id);
    if (!record)
        return std::unexpected(std::move(record.error()));
    Log::of_process().about_run(id);
    return ChosenRun{std::move(*store), std::move(*record)};
}

void compare_keys(const state::RunRecord& run, const std::string& fingerprint) {
    if (!run.team.empty() && run.team != fingerprint) {
        warn(joined("this is not the key that run ", run.id,
                    " began with; it must be of the same team"));
    }
}

}  // namespace seqload::app
