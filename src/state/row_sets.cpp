#include "row_sets.hpp"

#include <algorithm>

namespace seqload::state {

namespace {

std::vector<RowNumber> rows_of(const Batch& batch) {
    std::vector<RowNumber> rows;
    rows.reserve(batch.size());
    for (const ContactRow& contact : batch.contacts)
        rows.push_back(contact.row);
    for (const LabelRow& label : batch.labels)
        rows.push_back(label.row);
    std::ranges::sort(rows);
    return rows;
}

void sort_by_row(Batch& batch) {
    std::ranges::sort(batch.contacts, {}, &ContactRow::row);
    std::ranges::sort(batch.labels, {}, &LabelRow::row);
}

}  // namespace

bool settles_each_row_once(const Batch& batch, std::span<const Outcome> outcomes) {
    // Mostly they come as the batch has them.
    if (!batch.is_label() &&
        std::ranges::equal(outcomes, batch.contacts, {}, &Outcome::row, &ContactRow::row))
        return true;
    std::vector<RowNumber> settled;
    settled.reserve(outcomes.size());
    for (const Outcome& outcome : outcomes)
        settled.push_back(outcome.row);
    std::ranges::sort(settled);
    return settled == rows_of(batch);
}

bool reached_by(const Batch& batch, std::span<const LabelContact> contacts) {
    if (contacts.empty())
        return true;
    const auto rows = rows_of(batch);
    return std::ranges::all_of(contacts, [&rows](const LabelContact& contact) {
        return std::ranges::binary_search(rows, contact.row);
    });
}

bool are_parts_of(const Batch& batch, std::span<const std::pair<BatchNumber, Batch>> parts) {
    Batch together{.target = batch.target, .contacts = {}, .labels = {}};
    for (const auto& [number, part] : parts) {
        if (part.target != batch.target || part.size() == 0)
            return false;
        together.contacts.insert(together.contacts.end(), part.contacts.begin(),
                                 part.contacts.end());
        together.labels.insert(together.labels.end(), part.labels.begin(), part.labels.end());
    }
    sort_by_row(together);
    Batch whole = batch;
    sort_by_row(whole);
    return parts.size() > 1 && together == whole;
}

}  // namespace seqload::state
