#include "seqload/plan/grouper.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace seqload::plan {

namespace {

// Told of one more row of the target than the planner counted.
void take_one(std::uint32_t& left) {
    if (left == 0)
        throw std::logic_error("a target has more rows than the first pass counted");
    --left;
}

Batch contact_batch(TargetIndex target, std::vector<ContactRow> rows) {
    Batch batch;
    batch.target = target;
    batch.contacts = std::move(rows);
    return batch;
}

Batch label_batch(TargetIndex target, std::vector<LabelRow>& rows) {
    Batch batch;
    batch.target = target;
    batch.labels = std::exchange(rows, {});
    return batch;
}

}  // namespace

Grouper::Grouper(const Planner& planner) : planner_(&planner) {
    if (!planner.finished())
        throw std::logic_error("rows are grouped before the end of the first pass");
    contacts_left_.reserve(planner.target_count());
    for (TargetIndex target = 0; target < planner.target_count(); ++target)
        contacts_left_.push_back(planner.load(target).contact_rows);
}

std::vector<Batch> Grouper::add(const Row& row) {
    if (!planner_->sends(row))
        return {};
    return row.is_label() ? add_label(row) : add_contact(row);
}

std::vector<Batch> Grouper::add_contact(const Row& row) {
    std::uint32_t& left = contacts_left_.at(row.target);
    take_one(left);
    const std::uint32_t per_request = planner_->contacts_per_request(row.target);

    const auto [place, is_new] = contacts_.try_emplace(row.target);
    std::vector<ContactRow>& waiting = place->second;
    if (is_new)
        waiting.reserve(std::min(per_request - 1, left) + std::size_t{1});
    waiting.push_back({row.number, row.contact});
    if (waiting.size() < per_request && left > 0)
        return {};

    std::vector<Batch> ready;
    ready.push_back(contact_batch(row.target, std::move(waiting)));
    contacts_.erase(place);
    return ready;
}

std::vector<Batch> Grouper::add_label(const Row& row) {
    const auto [place, is_new] = labels_.try_emplace(row.target);
    Labels& labels = place->second;
    if (is_new)
        labels.left = planner_->load(row.target).label_rows;
    take_one(labels.left);
    const std::uint32_t per_request = planner_->labels_per_request();
    const std::size_t cost = planner_->label_cost(row.label);

    std::vector<Batch> ready;
    if (!labels.waiting.empty() &&
        !labels.fill.takes(cost, planner_->label_room(row.target), per_request)) {
        ready.push_back(label_batch(row.target, labels.waiting));
        labels.fill = {};
    }
    labels.waiting.push_back({row.number, row.label});
    labels.fill.add(cost);
    if (labels.fill.count == per_request || labels.left == 0) {
        ready.push_back(label_batch(row.target, labels.waiting));
        labels.fill = {};
    }
    return ready;
}

std::vector<Batch> Grouper::flush() {
    std::vector<Batch> ready;
    ready.reserve(contacts_.size() + labels_.size());
    for (auto& [target, waiting] : contacts_)
        ready.push_back(contact_batch(target, std::move(waiting)));
    contacts_.clear();
    for (auto& [target, labels] : labels_) {
        if (!labels.waiting.empty())
            ready.push_back(label_batch(target, labels.waiting));
        labels.fill = {};
    }
    std::ranges::sort(ready, {},
                      [](const Batch& batch) { return std::pair(batch.target, batch.is_label()); });
    return ready;
}

}  // namespace seqload::plan
