#include "seqload/app/input_batches.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace seqload::app {

namespace {

// Enough that the loop seldom asks, few enough to be nothing in memory.
constexpr std::size_t batches_at_once = 16;

bool has_labels(const plan::Planner& planner) {
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        if (planner.load(target).label_rows > 0)
            return true;
    }
    return false;
}

}  // namespace

InputBatches::InputBatches(PlannedInput& input)
    : input_(input), grouper_(input.planner()), order_(input.planner()) {}

Result<std::vector<Batch>> InputBatches::next() {
    if (auto filled = fill(); !filled)
        return std::unexpected(std::move(filled.error()));
    const auto count = std::min(ready_.size(), batches_at_once);
    const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Batch> batches(std::move_iterator(ready_.begin()), std::move_iterator(end));
    ready_.erase(ready_.begin(), end);
    return batches;
}

Result<> InputBatches::fill() {
    while (pass_ != Pass::over && ready_.size() < batches_at_once) {
        if (!reader_) {
            if (auto opened = open(); !opened)
                return opened;
        }
        const auto more = reader_->next(row_);
        if (!more)
            return std::unexpected(more.error());
        if (!*more) {
            end_pass();
        } else if (row_.is_label() == (pass_ == Pass::labels)) {
            put(order_.take(grouper_.add(row_)));
        }
    }
    return {};
}

Result<> InputBatches::open() {
    auto reader = input_.open_reader();
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    reader_ = std::move(*reader);
    return {};
}

void InputBatches::end_pass() {
    reader_.reset();
    put(order_.take(grouper_.flush()));
    if (pass_ == Pass::contacts && has_labels(input_.planner())) {
        put(order_.before_labels());
        pass_ = Pass::labels;
    } else {
        put(order_.rest());
        pass_ = Pass::over;
    }
}

void InputBatches::put(std::vector<Batch> batches) {
    std::ranges::move(batches, std::back_inserter(ready_));
}

Result<> InputBatches::still_stands() const {
    return input_.files().unchanged();
}

}  // namespace seqload::app
