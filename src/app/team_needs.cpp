#include "seqload/app/team_needs.hpp"

#include <utility>

namespace seqload::app {

TeamNeeds needs_of(const TargetTable& targets, const plan::Planner& planner,
                   std::map<std::string, std::uint64_t> labels) {
    TeamNeeds needs;
    needs.labels = std::move(labels);
    needs.requests = planner.requests();
    for (TargetIndex i = 0; i < planner.target_count(); ++i) {
        const plan::TargetLoad load = planner.load(i);
        const std::uint64_t rows = std::uint64_t{load.contact_rows} + load.label_rows;
        if (rows == 0)
            continue;
        const Target& target = targets[i];
        needs.sequences[target.sequence] += rows;
        for (const Id& mailbox : target.mailboxes)
            needs.mailboxes[mailbox] += rows;
        if (target.user)
            needs.users[*target.user] += rows;
    }
    return needs;
}

}  // namespace seqload::app
