#include "seqload/dispatch/halves.hpp"

#include <stdexcept>
#include <vector>

namespace seqload::dispatch {

namespace {

template <class Rows>
void cut(const Rows& rows, Rows& first, Rows& second) {
    const auto middle = rows.begin() + static_cast<std::ptrdiff_t>((rows.size() + 1) / 2);
    first.assign(rows.begin(), middle);
    second.assign(middle, rows.end());
}

}  // namespace

std::pair<Batch, Batch> halves(const Batch& batch) {
    if (batch.size() < 2)
        throw std::invalid_argument("halves: a batch of one row has none");
    Batch first{.target = batch.target, .contacts = {}, .labels = {}};
    Batch second = first;
    cut(batch.contacts, first.contacts, second.contacts);
    cut(batch.labels, first.labels, second.labels);
    return {std::move(first), std::move(second)};
}

}  // namespace seqload::dispatch
