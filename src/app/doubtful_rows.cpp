#include "seqload/app/doubtful_rows.hpp"

#include "seqload/state/batch_life.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace seqload::app {

namespace {

// The two sequences laid together, both ascending by row.
class Merged {
public:
    Merged(report::NextOutcome recorded, std::vector<state::RecordedOutcome> doubtful)
        : recorded_(std::move(recorded)), doubtful_(std::move(doubtful)) {}

    Result<const state::RecordedOutcome*> next() {
        if (!fetched_) {
            const auto outcome = recorded_();
            if (!outcome)
                return outcome;
            waiting_ = *outcome;
            fetched_ = true;
        }
        const bool doubtful_first =
            place_ < doubtful_.size() &&
            (waiting_ == nullptr || doubtful_[place_].outcome.row < waiting_->outcome.row);
        if (doubtful_first)
            return &doubtful_[place_++];
        fetched_ = false;
        return std::exchange(waiting_, nullptr);
    }

private:
    report::NextOutcome recorded_;
    std::vector<state::RecordedOutcome> doubtful_;
    std::size_t place_ = 0;
    const state::RecordedOutcome* waiting_ = nullptr;
    bool fetched_ = false;
};

}  // namespace

std::vector<state::RecordedOutcome> doubtful_rows(std::span<const state::OpenBatch> batches,
                                                  WallTime at) {
    std::vector<state::RecordedOutcome> rows;
    for (const state::OpenBatch& batch : batches) {
        if (!state::may_have_been_carried_out(batch.state))
            continue;
        const auto add = [&](RowNumber row) {
            state::RecordedOutcome doubtful{};
            doubtful.outcome.row = row;
            doubtful.outcome.status = RowStatus::unconfirmed;
            doubtful.outcome.reason = reason::answer_lost;
            doubtful.batch = batch.number;
            doubtful.attempts = batch.attempts;
            doubtful.settled_at = at;
            rows.push_back(std::move(doubtful));
        };
        for (const ContactRow& contact : batch.content.contacts)
            add(contact.row);
        for (const LabelRow& label : batch.content.labels)
            add(label.row);
    }
    std::ranges::sort(rows, {}, [](const state::RecordedOutcome& row) { return row.outcome.row; });
    return rows;
}

report::NextOutcome with_doubtful_rows(report::NextOutcome recorded,
                                       std::vector<state::RecordedOutcome> doubtful) {
    if (doubtful.empty())
        return recorded;
    const auto merged = std::make_shared<Merged>(std::move(recorded), std::move(doubtful));
    return [merged] { return merged->next(); };
}

void add_doubtful_rows(std::span<const state::OpenBatch> batches, state::Counts& counts,
                       RowNumber end_of_input) {
    for (const state::OpenBatch& batch : batches) {
        if (!state::may_have_been_carried_out(batch.state))
            continue;
        const auto is_behind_input = [&](const ContactRow& contact) {
            return contact.row >= end_of_input;
        };
        const std::size_t rows =
            batch.content.size() - static_cast<std::size_t>(std::ranges::count_if(
                                       batch.content.contacts, is_behind_input));
        if (rows == 0)
            continue;
        counts.rows[RowStatus::unconfirmed] += rows;
        counts.reasons[RowStatus::unconfirmed][std::string(reason::answer_lost)] += rows;
        counts.targets[batch.content.target].rows[RowStatus::unconfirmed] += rows;
    }
}

}  // namespace seqload::app
