#pragma once

// Which batch goes first: the one that settles the most rows with its request, so
// that a quota or a deadline that does not reach for everything leaves as few rows
// as it can. Full batches go as they come; partial ones wait for the end, the
// largest first. Contacts of a target keep their order, and so do its labels.
//
// Kept are at most two partial batches of each target: rows that waited anyway. Pure.

#include "seqload/model/batch.hpp"
#include "seqload/plan/planner.hpp"

#include <vector>

namespace seqload::plan {

class BatchOrder {
public:
    // The planner must outlive it.
    explicit BatchOrder(const Planner& planner) : planner_(&planner) {}

    // Of the batches that became ready, those that go at once: the full ones. The rest is kept.
    std::vector<Batch> take(std::vector<Batch> ready);

    // When all contacts have come, and labels are to follow: the kept ones that no request of
    // labels settles more rows than.
    std::vector<Batch> before_labels();

    // When nothing more comes: all that are kept.
    std::vector<Batch> rest();

private:
    bool is_full(const Batch& batch) const;

    const Planner* planner_;
    std::vector<Batch> kept_;
};

}  // namespace seqload::plan
