#include "seqload/state/common_outcome.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace seqload::state {

namespace {

bool rows_ascend(const Batch& batch) {
    return std::ranges::adjacent_find(batch.contacts, std::greater_equal{}, &ContactRow::row) ==
           batch.contacts.end();
}

}  // namespace

bool alike(const Outcome& one, const Outcome& other) {
    return one.status == other.status && one.reason == other.reason && one.detail == other.detail &&
           one.same_as == other.same_as && one.contacts_added == other.contacts_added &&
           one.contacts_skipped == other.contacts_skipped;
}

std::optional<CommonOutcome> common_outcome(const Batch& batch, std::span<const Outcome> outcomes) {
    if (batch.is_label() || !rows_ascend(batch))
        return std::nullopt;
    std::vector<CommonOutcome> kinds;
    for (const Outcome& outcome : outcomes) {
        if (outcome.same_as != 0)
            continue;
        const auto kind = std::ranges::find_if(kinds, [&outcome](const CommonOutcome& known) {
            return alike(*known.outcome, outcome);
        });
        if (kind == kinds.end())
            kinds.push_back({.outcome = &outcome, .rows = 1});
        else
            ++kind->rows;
    }
    const auto most = std::ranges::max_element(kinds, {}, &CommonOutcome::rows);
    if (most == kinds.end() || most->rows < 2)
        return std::nullopt;
    return *most;
}

}  // namespace seqload::state
