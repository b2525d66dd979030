#include "seqload/app/reach.hpp"

#include "seqload/app/team_findings.hpp"

namespace seqload::app {

Reach reach_by_counts(std::uint64_t rows, std::uint64_t labels, const TeamNeeds& needs,
                      const Team* team) {
    Reach reach{
        .rows = rows, .labels = labels, .people = rows, .uncounted = labels, .exact = labels == 0};
    if (team == nullptr)
        return reach;
    for (const auto& [name, label_rows] : needs.labels) {
        const apollo::Label* const label = contact_label(*team, name);
        if (label == nullptr || !label->count)
            continue;
        reach.people += label_rows * *label->count;
        reach.people -= label_rows;
        reach.uncounted -= label_rows;
    }
    return reach;
}

Reach reach_of(const PlannedInput& input, const TeamNeeds& needs, const Team* team) {
    const std::uint64_t rows = input.own_totals().to_send;
    if (!input.has_expanded_labels()) {
        std::uint64_t labels = 0;
        for (TargetIndex target = 0; target < input.planner().target_count(); ++target)
            labels += input.planner().load(target).label_rows;
        return reach_by_counts(rows, labels, needs, team);
    }
    return {.rows = rows,
            .labels = input.expanded_rows(),
            .people = input.planner().totals().to_send,
            .uncounted = 0,
            .exact = true};
}

}  // namespace seqload::app
