#pragma once

// The rows that depend on a name which is no one's, or several things': they are failed without a
// request, whatever the options say, for there is no id to send them with. Pure.

#include "seqload/app/planned_input.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/unusable_rows.hpp"
#include "seqload/input/name_table.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/planner.hpp"

#include <vector>

namespace seqload::app {

class UnresolvedRows {
public:
    // The targets must outlive this object; they may grow meanwhile.
    UnresolvedRows(const input::NameTable& names, const TargetTable& targets);
    UnresolvedRows(const UnresolvedRows&) = delete;
    UnresolvedRows& operator=(const UnresolvedRows&) = delete;

    // From now on their outcome is known: `failed`, with what is wrong with the name. Of all other
    // rows that is known which was before. This object must outlive its use.
    void fail_in(KnownRows& known);

private:
    std::vector<Finding> found_;
    UnusableRows unusable_;
};

// Throws std::logic_error if the plan would send a row to what is known by name only.
void require_ids(const plan::Planner& planner, const TargetTable& targets);

}  // namespace seqload::app
