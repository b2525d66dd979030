#include "seqload/report/summary.hpp"

#include "seqload/model/stand_in.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace seqload::report {

namespace {

using ReasonCounts = std::vector<Summary::ReasonCount>;

ReasonCounts most_frequent(const std::map<std::string, std::uint64_t>& counted) {
    ReasonCounts reasons;
    for (const auto& [reason, rows] : counted)
        reasons.push_back({reason, rows});
    std::ranges::sort(reasons, [](const auto& left, const auto& right) {
        return left.rows != right.rows ? left.rows > right.rows : left.reason < right.reason;
    });
    if (reasons.size() > Summary::most_reasons) {
        const auto rest = reasons.begin() + Summary::most_reasons;
        const auto rows =
            std::accumulate(rest, reasons.end(), std::uint64_t{0},
                            [](std::uint64_t sum, const auto& one) { return sum + one.rows; });
        reasons.erase(rest, reasons.end());
        reasons.push_back({std::string(Summary::other_reasons), rows});
    }
    return reasons;
}

std::uint64_t planned_rows(const state::TargetPlan& plan) {
    return plan.rows + plan.labels;
}

// Rows that named something by a name which is no one's have no ids to be listed under; none of
// them was for sending.
bool has_ids(const Target& target) {
    return !is_stand_in(target.sequence) && std::ranges::none_of(target.mailboxes, is_stand_in) &&
           !(target.user && is_stand_in(*target.user));
}

std::vector<TargetIndex> targets_with_ids(const state::RecordedPlan& plan) {
    std::vector<TargetIndex> indexes;
    indexes.reserve(plan.per_target.size());
    for (TargetIndex index = 0; index < plan.per_target.size(); ++index) {
        if (has_ids(plan.targets[index]))
            indexes.push_back(index);
    }
    return indexes;
}

// The targets with the most rows, in the order of first appearance.
std::vector<TargetIndex> largest(std::vector<TargetIndex> indexes,
                                 const state::RecordedPlan& plan) {
    if (indexes.size() > Summary::most_targets) {
        std::ranges::sort(indexes, [&plan](TargetIndex left, TargetIndex right) {
            const auto left_rows = planned_rows(plan.per_target[left]);
            const auto right_rows = planned_rows(plan.per_target[right]);
            return left_rows != right_rows ? left_rows > right_rows : left < right;
        });
        indexes.resize(Summary::most_targets);
        std::ranges::sort(indexes);
    }
    return indexes;
}

// Adds those that were planned and have no outcome.
void add_not_attempted(state::StatusCounts& rows, std::uint64_t planned) {
    const std::uint64_t settled = rows.total();
    if (planned > settled)
        rows[RowStatus::not_attempted] += planned - settled;
}

TargetSummary summarize_target(TargetIndex index, const state::RecordedPlan& plan,
                               const state::Counts& counts) {
    TargetSummary summary{
        .target = plan.targets[index], .rows = {}, .requests = plan.per_target[index].requests};
    if (const auto found = counts.targets.find(index); found != counts.targets.end()) {
        summary.rows = found->second.rows;
        summary.contacts_added = found->second.contacts_added;
        summary.contacts_skipped = found->second.contacts_skipped;
    }
    add_not_attempted(summary.rows, planned_rows(plan.per_target[index]));
    return summary;
}

void fill_in_ending(const state::Ending& ending, Summary& summary) {
    summary.finished_at = ending.finished_at;
    summary.stop_reason = ending.stop_reason;
    summary.exit_code = ending.exit_code;
}

void fill_in_plan(const state::RecordedPlan& plan, const state::Counts& counts, Summary& summary) {
    add_not_attempted(summary.rows, plan.rows);
    summary.minimum_requests = plan.minimum_requests;
    const std::vector<TargetIndex> targets = targets_with_ids(plan);
    for (const TargetIndex index : largest(targets, plan))
        summary.targets.push_back(summarize_target(index, plan, counts));
    summary.targets_left_out = targets.size() - summary.targets.size();
}

}  // namespace

Result<Summary> summarize(const state::RunRecord& run, const state::RecordedPlan* plan,
                          const state::Counts& counts) {
    Summary summary;
    summary.run_id = run.id;
    summary.command = run.command;
    for (const state::InputFile& file : run.inputs)
        summary.inputs.push_back({file.name, file.rows, file.bytes, file.fingerprint});
    summary.started_at = run.started_at;
    summary.rows = counts.rows;
    summary.contacts_added = counts.contacts_added;
    summary.contacts_skipped = counts.contacts_skipped;
    for (const auto& [status, reasons] : counts.reasons)
        summary.reasons[status] = most_frequent(reasons);
    if (plan != nullptr)
        fill_in_plan(*plan, counts, summary);
    if (run.ending) {
        fill_in_ending(*run.ending, summary);
        auto counters = read_counters(run.ending->counters_json);
        if (!counters)
            return std::unexpected(std::move(counters.error()));
        summary.counters = *counters;
    }
    summary.counters.requests = {run.requests.sent, run.requests.retried,
                                 run.requests.rate_limited};
    return summary;
}

std::uint64_t rows_needing_a_person(const state::StatusCounts& rows, bool fail_on_skipped) {
    std::uint64_t sum = 0;
    for (const RowStatus status : row_statuses) {
        if (needs_person(status, fail_on_skipped))
            sum += rows[status];
    }
    return sum;
}

}  // namespace seqload::report
