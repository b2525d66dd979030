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

InputBatches::InputBatches(PlannedInput& input, plan::Canary canary)
    : input_(input),
      canary_(std::move(canary)),
      tried_first_(canary_, input.planner()),
      grouper_(input.planner()),
      order_(input.planner()),
      pass_(tried_first_.left() > 0 ? Pass::canary : Pass::contacts) {}

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
        if (*more)
            take(row_);
        if (!*more || (pass_ == Pass::canary && tried_first_.left() == 0))
            end_pass();
    }
    return {};
}

void InputBatches::take(const Row& row) {
    if (pass_ == Pass::canary) {
        if (tried_first_.takes(row))
            put(grouper_.add(row));
    } else if (row.is_label() == (pass_ == Pass::labels) && !tried_first_.takes(row)) {
        put(order_.take(grouper_.add(row)));
    }
}

Result<> InputBatches::open() {
    auto reader = input_.open_reader();
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    reader_ = std::move(*reader);
    tried_first_ = plan::CanaryRows(canary_, input_.planner());
    return {};
}

void InputBatches::end_pass() {
    reader_.reset();
    if (pass_ == Pass::canary) {
        put(grouper_.flush());
        grouper_ = plan::Grouper(input_.planner());
        pass_ = Pass::contacts;
        return;
    }
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
