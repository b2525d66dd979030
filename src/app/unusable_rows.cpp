#include "seqload/app/unusable_rows.hpp"

namespace seqload::app {

UnusableRows::UnusableRows(std::span<const Finding> findings, const TargetTable& targets)
    : targets_(targets) {
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::error)
            continue;
        if (finding.id)
            by_id_.emplace(*finding.id, &finding);
        else
            by_label_.emplace(finding.label, &finding);
    }
}

std::optional<Outcome> UnusableRows::outcome_of(const Row& row) {
    const Finding* trouble = trouble_of(row.target);
    if (trouble == nullptr && row.is_label()) {
        if (const auto found = by_label_.find(row.label); found != by_label_.end())
            trouble = found->second;
    }
    if (trouble == nullptr)
        return std::nullopt;
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::failed;
    outcome.reason = trouble->reason;
    outcome.detail = "not sent: " + trouble->what;
    return outcome;
}

const Finding* UnusableRows::trouble_of(TargetIndex target) {
    const auto [place, is_new] = by_target_.try_emplace(target, nullptr);
    if (!is_new)
        return place->second;
    const auto look_up = [&](const Id& id) {
        if (const auto found = by_id_.find(id); place->second == nullptr && found != by_id_.end())
            place->second = found->second;
    };
    const Target named = targets_[target];
    look_up(named.sequence);
    for (const Id& mailbox : named.mailboxes)
        look_up(mailbox);
    if (named.user)
        look_up(*named.user);
    return place->second;
}

}  // namespace seqload::app
