#pragma once

// The rows of a run by sequence, whatever mailboxes and flags they went out with. Pure.

#include "seqload/model/id.hpp"
#include "seqload/state/counts.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace seqload::report {

struct SequenceTotals {
    Id sequence{};
    std::string name;          // empty: not known
    state::StatusCounts rows;  // not_attempted included
    std::uint64_t contacts_added = 0;
    std::uint64_t requests = 0;  // the fewest that its rows can go out in
};

struct SequencesOfRun {
    std::vector<SequenceTotals> largest;  // those with the most rows first
    std::uint64_t left_out = 0;           // how many more there are
    state::StatusCounts rows_left_out;    // and their rows
};

// name_of: empty where none is known; asked only for those that are listed.
SequencesOfRun sequences_of(const state::RecordedPlan& plan, const state::Counts& counts,
                            std::size_t at_most,
                            const std::function<std::string(const Id&)>& name_of);

}  // namespace seqload::report
