#pragma once

// The rows that cannot work by what was found: with --allow-partial they are
// failed without a request, and the others go out. Pure.

#include "seqload/app/team_findings.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace seqload::app {

class UnusableRows {
public:
    // Both must outlive this object; the table is complete.
    UnusableRows(std::span<const Finding> findings, const TargetTable& targets);

    bool empty() const { return by_id_.empty() && by_label_.empty(); }

    // `failed`, with the reason of the first error that concerns a good row: its
    // sequence's, its mailboxes', its user's, its label's. nullopt: it can be sent.
    std::optional<Outcome> outcome_of(const Row& row);

private:
    const Finding* trouble_of(TargetIndex target);

    const TargetTable& targets_;
    std::map<Id, const Finding*> by_id_;  // Apollo's ids are never given to two things
    std::map<std::string, const Finding*> by_label_;
    std::unordered_map<TargetIndex, const Finding*> by_target_;  // looked up so far
};

}  // namespace seqload::app
