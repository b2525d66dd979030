#include "seqload/app/team_needs.hpp"

#include "seqload/model/stand_in.hpp"

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
        const Target target = targets[i];
        const auto add = [rows](std::map<Id, std::uint64_t>& needed, const Id& id) {
            if (!is_stand_in(id))
                needed[id] += rows;
        };
        add(needs.sequences, target.sequence);
        for (const Id& mailbox : target.mailboxes)
            add(needs.mailboxes, mailbox);
        if (target.user)
            add(needs.users, *target.user);
    }
    return needs;
}

}  // namespace seqload::app
