#pragma once

// Targets that Apollo has refused for good: their remaining batches are failed
// without spending requests. Pure.
//
// What one refusal says of others (facts.md, "The answer"): a sequence that is
// not there is not there for any target; a mailbox that is no longer active
// serves no sequence, where the request named only that one; a mailbox that
// this sequence does not support may serve another.

#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace seqload::dispatch {

struct Refusal {
    std::string reason;   // sequence_not_found, mailbox_inactive, mailbox_not_supported
    std::string message;  // what Apollo said

    bool operator==(const Refusal&) const = default;
};

class DeadTargets {
public:
    // The table must outlive this object; it may grow.
    explicit DeadTargets(const TargetTable& targets) : targets_(targets) {}

    void refused(TargetIndex target, const Refusal& refusal);

    // Why no request of this target can work; nullptr if nothing is known.
    const Refusal* find(TargetIndex target) const;

private:
    const TargetTable& targets_;
    std::unordered_map<TargetIndex, Refusal> by_target_;
    std::unordered_map<Id, Refusal> by_sequence_;
    std::unordered_map<Id, Refusal> by_mailbox_;
};

}  // namespace seqload::dispatch
