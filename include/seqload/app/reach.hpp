#pragma once

// How many people a plan reaches, rows and labels together. Pure.

#include "seqload/app/planned_input.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"

#include <cstdint>

namespace seqload::app {

struct Reach {
    std::uint64_t rows = 0;    // of the input, to be sent
    std::uint64_t labels = 0;  // how many of them are labels
    std::uint64_t people = 0;  // that they reach; a label of which Apollo says no number as one
    // Labels among the rows of which Apollo says no number, or was not asked.
    std::uint64_t uncounted = 0;
    // Whether the people were counted one by one; else a label counts by what Apollo says,
    // and whoever stands in another row or is in the sequence already is counted, too.
    bool exact = true;

    bool operator==(const Reach&) const = default;
};

// Of the last pass over the input. needs: those of the plan. team: nullptr, if Apollo was
// not asked.
Reach reach_of(const PlannedInput& input, const TeamNeeds& needs, const Team* team);

// The same without labels expanded: `rows` to send, of which the needs name the labels.
Reach reach_by_counts(std::uint64_t rows, std::uint64_t labels, const TeamNeeds& needs,
                      const Team* team);

}  // namespace seqload::app
