#include "seqload/plan/canary.hpp"

#include <algorithm>

namespace seqload::plan {

namespace {

std::uint32_t at(const std::vector<std::uint32_t>& by_target, TargetIndex target) {
    return target < by_target.size() ? by_target[target] : 0;
}

std::uint64_t requests_for(std::uint64_t rows, std::uint32_t per_request) {
    return (rows + per_request - 1) / per_request;
}

// What it costs that the first of these rows do not share a request with the others.
std::uint64_t cost_of_cut(std::uint32_t first, std::uint32_t rows, std::uint32_t per_request) {
    return requests_for(first, per_request) + requests_for(rows - first, per_request) -
           requests_for(rows, per_request);
}

}  // namespace

std::uint32_t Canary::lacks(TargetIndex target) const {
    const std::uint64_t have = std::uint64_t{at(passed, target)} + at(under_way, target);
    return have < rows ? static_cast<std::uint32_t>(rows - have) : 0;
}

CanaryLoad load_of(const Canary& canary, const Planner& planner, TargetIndex target) {
    const std::uint32_t lacking = canary.lacks(target);
    const TargetLoad load = planner.load(target);
    const std::uint32_t contacts = std::min(lacking, load.contact_rows);
    return {contacts, std::min(lacking - contacts, load.label_rows)};
}

CanaryCost cost_of(const Canary& canary, const Planner& planner) {
    CanaryCost cost;
    if (canary.rows == 0)
        return cost;
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        const auto [contacts, labels] = load_of(canary, planner, target);
        if (contacts + labels == 0)
            continue;
        ++cost.targets;
        cost.rows += std::uint64_t{contacts} + labels;
        const TargetLoad load = planner.load(target);
        if (contacts > 0)
            cost.more_requests +=
                cost_of_cut(contacts, load.contact_rows, planner.contacts_per_request(target));
        if (labels > 0 && labels < load.label_rows && planner.labels_per_request() > 1)
            ++cost.more_requests;
    }
    return cost;
}

CanaryRows::CanaryRows(const Canary& canary, const Planner& planner) : planner_(&planner) {
    if (canary.rows == 0)
        return;
    to_come_.reserve(planner.target_count());
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        to_come_.push_back(load_of(canary, planner, target));
        left_ += std::uint64_t{to_come_.back().contact_rows} + to_come_.back().label_rows;
    }
}

bool CanaryRows::takes(const Row& row) {
    if (left_ == 0 || !planner_->sends(row))
        return false;
    CanaryLoad& of_target = to_come_.at(row.target);
    std::uint32_t& to_come = row.is_label() ? of_target.label_rows : of_target.contact_rows;
    if (to_come == 0)
        return false;
    --to_come;
    --left_;
    return true;
}

}  // namespace seqload::plan
