#pragma once

// The rows of each target that are tried before anything else is sent (spec.md,
// --canary N): the first N of those to be sent, contacts before labels, for a label
// reaches many people at once. It costs one request more per target at most. Pure.
//
// A run that is taken up again tries what a target still lacks: rows that passed
// count, rows in open batches go out first anyway, and rows that did not pass are
// settled and count for nothing, so others of the target are tried in their place.

#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/plan/planner.hpp"

#include <cstdint>
#include <vector>

namespace seqload::plan {

struct Canary {
    std::uint32_t rows = 0;  // of each target; 0: there is no canary

    // By target, of a run that is taken up again; beyond the end: none.
    std::vector<std::uint32_t> passed{};
    std::vector<std::uint32_t> under_way{};  // in open batches

    // How many rows of the target must still be chosen, if it has so many.
    std::uint32_t lacks(TargetIndex target) const;
};

// What of a target's rows is tried first.
struct CanaryLoad {
    std::uint32_t contact_rows = 0;
    std::uint32_t label_rows = 0;

    bool operator==(const CanaryLoad&) const = default;
};

CanaryLoad load_of(const Canary& canary, const Planner& planner, TargetIndex target);

struct CanaryCost {
    std::uint64_t targets = 0;  // with rows to try
    std::uint64_t rows = 0;
    // Beyond Planner::requests(). Exact while labels go one by one; where several share
    // a request, a target whose labels are cut counts for one, which it may not need.
    std::uint64_t more_requests = 0;

    bool operator==(const CanaryCost&) const = default;
};

CanaryCost cost_of(const Canary& canary, const Planner& planner);

// Tells these rows from the others, in one pass over the input; the next pass takes
// a new one. Keeps two numbers for each target, and no row.
class CanaryRows {
public:
    // The planner has finished its first pass, and must outlive it.
    CanaryRows(const Canary& canary, const Planner& planner);

    // Whether the row is tried first. Each row at most once, in the order of the
    // input; contacts or labels may be left out of a pass altogether.
    bool takes(const Row& row);

    // How many such rows are still to come.
    std::uint64_t left() const { return left_; }

private:
    const Planner* planner_;
    std::vector<CanaryLoad> to_come_;  // by target; empty without a canary
    std::uint64_t left_ = 0;
};

}  // namespace seqload::plan
