#pragma once

// The second pass over the input, as the source of batches.

#include "seqload/app/planned_input.hpp"
#include "seqload/dispatch/batch_source.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"
#include "seqload/plan/grouper.hpp"

#include <memory>
#include <vector>

namespace seqload::app {

class InputBatches final : public dispatch::BatchSource {
public:
    // The input must have been read once, and outlive this object.
    explicit InputBatches(PlannedInput& input);

    Result<std::vector<Batch>> next() override;
    Result<> still_stands() const override;

private:
    PlannedInput& input_;
    plan::Grouper grouper_;
    std::unique_ptr<input::RowReader> reader_;  // opened at the first call
    bool at_end_ = false;
    Row row_;
};

}  // namespace seqload::app
