#pragma once

// The second pass over the input, as the source of batches, in the order in which
// they settle the most rows (plan/batch_order.hpp). A canary comes before that.

#include "seqload/app/planned_input.hpp"
#include "seqload/dispatch/batch_source.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/batch_order.hpp"
#include "seqload/plan/canary.hpp"
#include "seqload/plan/grouper.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace seqload::app {

class InputBatches final : public dispatch::BatchSource {
public:
    // The input must have been read once, and outlive this object.
    explicit InputBatches(PlannedInput& input, plan::Canary canary = {});

    Result<std::vector<Batch>> next() override;
    Result<> still_stands() const override;

private:
    // The canary's rows go first, and labels, of which each takes a request, last: the
    // input is read once more for each, so that they need not be kept.
    enum class Pass : std::uint8_t { canary, contacts, labels, over };

    Result<> fill();
    Result<> open();
    void take(const Row& row);
    void end_pass();
    void put(std::vector<Batch> batches);

    PlannedInput& input_;
    plan::Canary canary_;
    plan::CanaryRows tried_first_;  // of this pass
    plan::Grouper grouper_;
    plan::BatchOrder order_;
    Pass pass_;
    std::unique_ptr<input::RowReader> reader_;  // open within a pass
    std::deque<Batch> ready_;
    Row row_;
};

}  // namespace seqload::app
