#include "known_contacts.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace seqload::state {

namespace {

// The contacts of a batch by their rows.
class ContactFinder {
public:
    // Must outlive it.
    explicit ContactFinder(std::span<const ContactRow> contacts) : contacts_(contacts) {
        if (!std::ranges::is_sorted(contacts, {}, &ContactRow::row)) {
            by_row_.assign(contacts.begin(), contacts.end());
            std::ranges::sort(by_row_, {}, &ContactRow::row);
            contacts_ = by_row_;
        }
    }

    ContactFinder(const ContactFinder&) = delete;
    ContactFinder& operator=(const ContactFinder&) = delete;

    // nullptr: no contact has that row. place: where it is, if the rows come in order.
    const ContactRow* find(RowNumber row, std::size_t place) const {
        if (place < contacts_.size() && contacts_[place].row == row)
            return &contacts_[place];
        const auto at = std::ranges::lower_bound(contacts_, row, {}, &ContactRow::row);
        return at == contacts_.end() || at->row != row ? nullptr : &*at;
    }

private:
    std::span<const ContactRow> contacts_;
    std::vector<ContactRow> by_row_;
};

}  // namespace

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
    const ContactFinder finder(batch.contacts);
    known.reserve(known.size() + outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto how = known_as(outcomes[i].status, outcomes[i].reason);
        const ContactRow* const contact = finder.find(outcomes[i].row, i);
        if (how && contact != nullptr)
            known.push_back({.contact = contact->contact, .how = *how});
    }
    const auto in_order = [](const Known& one) { return std::tie(one.contact, one.how); };
    if (!std::ranges::is_sorted(known, {}, in_order))
        std::ranges::sort(known, {}, in_order);
    return known;
}

}  // namespace seqload::state
