#include "seqload/dispatch/dead_targets.hpp"

#include "seqload/model/outcome.hpp"

namespace seqload::dispatch {

namespace {

template <class Key>
const Refusal* look_up(const std::unordered_map<Key, Refusal>& refusals, const Key& key) {
    const auto found = refusals.find(key);
    return found == refusals.end() ? nullptr : &found->second;
}

}  // namespace

void DeadTargets::refused(TargetIndex index, const Refusal& refusal) {
    by_target_.try_emplace(index, refusal);
    const Target target = targets_[index];
    if (refusal.reason == reason::sequence_not_found) {
        by_sequence_.try_emplace(target.sequence, refusal);
    }
    if (refusal.reason == reason::mailbox_inactive && target.mailboxes.size() == 1) {
        by_mailbox_.try_emplace(target.mailboxes.front(), refusal);
    }
}

const Refusal* DeadTargets::find(TargetIndex index) const {
    if (const Refusal* refusal = look_up(by_target_, index))
        return refusal;
    const Target target = targets_[index];
    if (const Refusal* refusal = look_up(by_sequence_, target.sequence))
        return refusal;
    for (const Id& mailbox : target.mailboxes) {
        if (const Refusal* refusal = look_up(by_mailbox_, mailbox))
            return refusal;
    }
    return nullptr;
}

}  // namespace seqload::dispatch
