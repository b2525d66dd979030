#pragma once

// What a run that is taken up again knows of its canary (plan/canary.hpp): by
// target, which rows have passed and which are under way. Rows that did not pass
// are settled, and not sent again: others of their target are tried.

#include "seqload/base/error.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/canary.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace seqload::app {

class CanaryRecord {
public:
    // Reads which rows of the run have passed. rows: of each target, as the run's
    // options say; 0: nothing is read. Error: local_fault.
    static Result<CanaryRecord> read(const state::Store& store, const state::RunId& run,
                                     std::uint32_t rows,
                                     std::span<const state::OpenBatch> open_batches);

    // Of each row that is settled, for the record does not know its target.
    void take(const Row& row);

    const plan::Canary& canary() const { return canary_; }

private:
    plan::Canary canary_;
    std::vector<bool> passed_;  // by row
};

}  // namespace seqload::app
