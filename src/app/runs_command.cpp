#include "seqload/app/runs_command.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/runs_text.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/state/store.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

Result<> prune(state::Store& store, Duration older_than) {
    const WallTime before =
        SystemClock().wall() - std::chrono::ceil<std::chrono::milliseconds>(older_than);
    const auto pruned = store.prune(before);
    if (!pruned)
        return std::unexpected(pruned.error());
    remark(LogLevel::info,
           joined(counted(pruned->runs, "run"), " forgotten; who is in which sequence is not"));
    if (pruned->kept_open > 0) {
        remark(
            LogLevel::info,
            joined(counted(pruned->kept_open, "older run"),
                   " kept: they run, or have rows whose answer is not known; resume them first"));
    }
    return {};
}

Result<> list_runs(const RunsOptions& options) {
    auto path = state_file(options.state_file, process_environment());
    if (!path)
        return std::unexpected(std::move(path.error()));
    auto store = state::Store::open(*path, {.create = false});
    if (!store)
        return std::unexpected(std::move(store.error()));
    if (options.prune) {
        if (auto pruned = prune(**store, *options.prune); !pruned)
            return pruned;
    }
    auto runs = (*store)->runs();
    if (!runs)
        return std::unexpected(std::move(runs.error()));
    std::vector<ListedRun> listed;
    for (state::RunRecord& run : *runs) {
        auto counts = (*store)->counts(run.id);
        if (!counts)
            return std::unexpected(std::move(counts.error()));
        listed.push_back({std::move(run), counts->rows});
    }
    return print(options.json ? runs_json(listed) : runs_text(listed));
}

}  // namespace

int run_runs(const RunsOptions& options) {
    const auto result = list_runs(options);
    if (result)
        return exit_code::done;
    complain(result.error());
    return exit_code_of(result.error().kind);
}

}  // namespace seqload::app
