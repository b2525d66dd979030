#include "seqload/report/sequence_totals.hpp"

#include <algorithm>
#include <map>

namespace seqload::report {

namespace {

void add(const state::StatusCounts& more, state::StatusCounts& rows) {
    for (const RowStatus status : row_statuses)
        rows[status] += more[status];
}

void add_target(const state::TargetPlan& planned, const state::TargetCounts* counted,
                SequenceTotals& totals) {
    totals.requests += planned.requests;
    std::uint64_t settled = 0;
    if (counted != nullptr) {
        add(counted->rows, totals.rows);
        totals.contacts_added += counted->contacts_added;
        settled = counted->rows.total();
    }
    const std::uint64_t rows = planned.rows + planned.labels;
    totals.rows[RowStatus::not_attempted] += rows - std::min(rows, settled);
}

}  // namespace

SequencesOfRun sequences_of(const state::RecordedPlan& plan, const state::Counts& counts,
                            std::size_t at_most,
                            const std::function<std::string(const Id&)>& name_of) {
    std::map<Id, SequenceTotals> by_sequence;
    for (TargetIndex i = 0; i < plan.targets.size(); ++i) {
        SequenceTotals& totals = by_sequence[plan.targets[i].sequence];
        totals.sequence = plan.targets[i].sequence;
        const auto counted = counts.targets.find(i);
        add_target(plan.per_target[i], counted == counts.targets.end() ? nullptr : &counted->second,
                   totals);
    }
    SequencesOfRun sequences;
    for (auto& [id, totals] : by_sequence)
        sequences.largest.push_back(std::move(totals));
    std::ranges::stable_sort(sequences.largest, std::ranges::greater(),
                             [](const SequenceTotals& one) { return one.rows.total(); });
    while (sequences.largest.size() > at_most) {
        ++sequences.left_out;
        add(sequences.largest.back().rows, sequences.rows_left_out);
        sequences.largest.pop_back();
    }
    for (SequenceTotals& one : sequences.largest)
        one.name = name_of(one.sequence);
    return sequences;
}

}  // namespace seqload::report
