#pragma once

// The second pass: rows in, full batches out. However the rows of the targets are
// interleaved, a batch leaves only when it is full or when its target's last row
// has come, which the planner knows; so there are no more batches than
// Planner::requests(). Within a target, rows leave in the order in which they came.
//
// A row in waiting is 16 bytes, and no memory is set aside for rows that will
// not come.

#include "seqload/model/batch.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/label_fill.hpp"
#include "seqload/plan/planner.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace seqload::plan {

class Grouper {
public:
    // The planner has finished its first pass and must outlive the grouper.
    explicit Grouper(const Planner& planner);

    // The batches that are ready with this row, in the order in which they should
    // go out: mostly none, two at most (a label that no longer fits sends off
    // those before it, and may be the last itself). A row that is not sent makes
    // none. Each row at most once, in the order of the first pass; std::logic_error for more
    // rows of a target than the planner counted. Rows may be left out, such as
    // those settled by an earlier run: their targets' last batches then wait for flush().
    std::vector<Batch> add(const Row& row);

    // What still waits, by target; empty unless rows were left out.
    std::vector<Batch> flush();

private:
    struct Labels {
        std::vector<LabelRow> waiting;
        LabelFill fill;
        std::uint32_t left = 0;  // rows still to come
    };

    std::vector<Batch> add_contact(const Row& row);
    std::vector<Batch> add_label(const Row& row);

    const Planner* planner_;
    std::vector<std::uint32_t> contacts_left_;  // per target, rows still to come
    std::unordered_map<TargetIndex, std::vector<ContactRow>> contacts_;  // only those that wait
    std::unordered_map<TargetIndex, Labels> labels_;
};

}  // namespace seqload::plan
