#include "seqload/plan/batch_order.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace seqload::plan {

bool BatchOrder::is_full(const Batch& batch) const {
    return batch.size() >= (batch.is_label() ? planner_->labels_per_request()
                                             : planner_->contacts_per_request(batch.target));
}

std::vector<Batch> BatchOrder::take(std::vector<Batch> ready) {
    const auto partial =
        std::ranges::stable_partition(ready, [this](const Batch& batch) { return is_full(batch); });
    std::ranges::move(partial, std::back_inserter(kept_));
    ready.erase(partial.begin(), partial.end());
    return ready;
}

std::vector<Batch> BatchOrder::before_labels() {
    std::ranges::stable_sort(kept_, std::greater{}, &Batch::size);
    const auto smaller = std::ranges::find_if(kept_, [this](const Batch& batch) {
        return batch.size() < planner_->labels_per_request();
    });
    std::vector<Batch> first(std::move_iterator(kept_.begin()), std::move_iterator(smaller));
    kept_.erase(kept_.begin(), smaller);
    return first;
}

std::vector<Batch> BatchOrder::rest() {
    std::ranges::stable_sort(kept_, std::greater{}, &Batch::size);
    return std::exchange(kept_, {});
}

}  // namespace seqload::plan
