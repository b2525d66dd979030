#include "seqload/dispatch/canary_watch.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace seqload::dispatch {

namespace {

// "row 7 (contact 66f0…)".
std::string described(const Batch& batch, RowNumber row) {
    std::string text = joined("row ", std::to_string(row));
    const auto contact = std::ranges::find(batch.contacts, row, &ContactRow::row);
    if (contact != batch.contacts.end())
        text += joined(" (contact ", contact->contact.text(), ")");
    const auto label = std::ranges::find(batch.labels, row, &LabelRow::row);
    if (label != batch.labels.end())
        text += joined(" (label \"", label->label, "\")");
    return text;
}

std::string described(const Outcome& outcome) {
    std::string text(name(outcome.status));
    if (!outcome.reason.empty())
        text += ", " + full_reason(outcome);
    if (!outcome.detail.empty())
        text += joined(": ", outcome.detail);
    return text;
}

std::string what_to_do(const Outcome& outcome, std::uint32_t rows) {
    const std::string_view first = outcome.reason == reason::contact_not_found
                                       ? "see that these are ids of contacts, not of people"
                                       : "mend that, or see that it concerns this row alone";
    return joined(first, "; then `seqload resume` tries ", rows == 1 ? "another row" : "other rows",
                  " of that target first, and `seqload resume --no-canary` sends the rest untried");
}

}  // namespace

bool passes(RowStatus status) {
    return status == RowStatus::added || status == RowStatus::already_in_sequence;
}

CanaryWatch::CanaryWatch(plan::Canary canary)
    : rows_(canary.rows), taken_(std::move(canary.passed)) {}

bool CanaryWatch::takes(const Batch& batch) {
    if (rows_ == 0)
        return false;
    if (taken_.size() <= batch.target)
        taken_.resize(std::size_t{batch.target} + 1);
    std::uint32_t& taken = taken_[batch.target];
    if (taken >= rows_)
        return false;
    taken += static_cast<std::uint32_t>(batch.size());
    return true;
}

std::optional<Error> CanaryWatch::verdict(const Target& target, const Batch& batch,
                                          std::span<const Outcome> outcomes) const {
    const auto at_fault = std::ranges::find_if_not(outcomes, passes, &Outcome::status);
    if (at_fault == outcomes.end())
        return std::nullopt;
    const auto others = static_cast<std::uint64_t>(
        std::ranges::count_if(at_fault + 1, outcomes.end(),
                              [](const Outcome& outcome) { return !passes(outcome.status); }));
    std::string what = joined("the canary of sequence ", target.sequence.text(), " and mailbox ",
                              mailboxes_text(target), " failed: ", described(batch, at_fault->row),
                              " is ", described(*at_fault));
    if (others > 0)
        what += joined("; so with ", grouped(others), " more of its request");
    return Error{ErrorKind::stopped, std::move(what), "", what_to_do(*at_fault, rows_)};
}

}  // namespace seqload::dispatch
