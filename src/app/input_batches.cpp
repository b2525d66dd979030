#include "seqload/app/input_batches.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace seqload::app {

namespace {

// Enough that the loop seldom asks, few enough to be nothing in memory.
constexpr std::size_t batches_at_once = 16;

}  // namespace

InputBatches::InputBatches(PlannedInput& input) : input_(input), grouper_(input.planner()) {}

Result<std::vector<Batch>> InputBatches::next() {
    if (!reader_ && !at_end_) {
        auto reader = input_.open_reader();
        if (!reader)
            return std::unexpected(std::move(reader.error()));
        reader_ = std::move(*reader);
    }
    std::vector<Batch> batches;
    while (!at_end_ && batches.size() < batches_at_once) {
        const auto more = reader_->next(row_);
        if (!more)
            return std::unexpected(more.error());
        if (!*more) {
            at_end_ = true;
            reader_.reset();
            std::ranges::move(grouper_.flush(), std::back_inserter(batches));
            break;
        }
        std::ranges::move(grouper_.add(row_), std::back_inserter(batches));
    }
    return batches;
}

Result<> InputBatches::still_stands() const {
    return input_.files().unchanged();
}

}  // namespace seqload::app
