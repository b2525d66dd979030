#include "known_contacts.hpp"

#include <algorithm>
#include <tuple>

namespace seqload::state {

std::optional<stored::KnownAs> known_as(RowStatus status, std::string_view reason) {
    if (status == RowStatus::added)
        return stored::KnownAs::added;
    if (status == RowStatus::already_in_sequence && !reason.starts_with("known_from_run_"))
        return stored::KnownAs::found_there;
    return std::nullopt;
}

std::vector<Known> known_from(const Batch& batch, std::span<const Outcome> outcomes,
                              std::span<const LabelContact> label_contacts) {
    std::vector<Known> known;
    for (const LabelContact& person : label_contacts) {
        if (const auto how = known_as(person.status, person.reason))
            known.push_back({.contact = person.contact, .how = *how});
    }
    std::vector<ContactRow> by_row = batch.contacts;
    std::ranges::sort(by_row, {}, &ContactRow::row);
    for (const Outcome& outcome : outcomes) {
        const auto how = known_as(outcome.status, outcome.reason);
        const auto at = std::ranges::lower_bound(by_row, outcome.row, {}, &ContactRow::row);
        if (how && at != by_row.end() && at->row == outcome.row)
            known.push_back({.contact = at->contact, .how = *how});
    }
    std::ranges::sort(known, {}, [](const Known& one) { return std::tie(one.contact, one.how); });
    return known;
}

}  // namespace seqload::state
