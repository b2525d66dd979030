#include "seqload/app/canary_record.hpp"

#include "seqload/dispatch/canary_watch.hpp"

#include <cstddef>
#include <utility>

namespace seqload::app {

namespace {

void add(std::vector<std::uint32_t>& by_target, TargetIndex target, std::size_t rows) {
    if (by_target.size() <= target)
        by_target.resize(std::size_t{target} + 1);
    by_target[target] += static_cast<std::uint32_t>(rows);
}

}  // namespace

Result<CanaryRecord> CanaryRecord::read(const state::Store& store, const state::RunId& run,
                                        std::uint32_t rows,
                                        std::span<const state::OpenBatch> open_batches) {
    CanaryRecord record;
    record.canary_.rows = rows;
    if (rows == 0)
        return record;
    for (const state::OpenBatch& batch : open_batches)
        add(record.canary_.under_way, batch.content.target, batch.content.size());
    auto outcomes = store.outcomes(run, state::OutcomesOf::plan);
    if (!outcomes)
        return std::unexpected(std::move(outcomes.error()));
    for (;;) {
        const auto next = outcomes->next();
        if (!next)
            return std::unexpected(next.error());
        if (!*next)
            return record;
        // Without a batch it was not sent: what another run knew proves nothing here.
        const RowNumber row = (*next)->outcome.row;
        if (!(*next)->batch || !dispatch::passes((*next)->outcome.status))
            continue;
        record.passed_.resize(std::size_t{row} + 1);  // they come by row
        record.passed_[row] = true;
    }
}

void CanaryRecord::take(const Row& row) {
    if (row.number < passed_.size() && passed_[row.number])
        add(canary_.passed, row.target, 1);
}

}  // namespace seqload::app
