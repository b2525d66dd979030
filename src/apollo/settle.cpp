#include "seqload/apollo/settle.hpp"

#include "id_places.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace seqload::apollo {

namespace {

// Apollo's code for a contact that is in the sequence (facts.md).
constexpr std::string_view already_there = "contacts_already_exists_in_current_campaign";

// What became of one person: the part that contact rows and label contacts share.
struct Fate {
    RowStatus status = RowStatus::unconfirmed;
    std::string reason;
    std::string detail;
};

Fate fate_of(const AddedContact& added) {
    if (!added.paused)
        return {RowStatus::added, {}, {}};
    return {RowStatus::added, std::string(reason::paused), added.inactive_reason};
}

Fate fate_of(const SkippedContact& skipped, bool earlier_answer_lost) {
    if (skipped.reason != already_there)
        return {RowStatus::skipped, skipped.reason, {}};
    const auto why = earlier_answer_lost ? reason::answer_lost : std::string_view{};
    return {RowStatus::already_in_sequence, std::string(why), {}};
}

// Why Apollo named nobody where somebody was asked for.
std::string_view reason_not_named(const AddAnswer& answer) {
    return answer.accepted_as_job ? reason::accepted_as_job : reason::not_named;
}

// Made where it is to stand, and most of them have nothing to say: a row costs little.
Outcome& add_outcome(std::vector<Outcome>& outcomes, RowNumber row, Fate fate) {
    Outcome& outcome = outcomes.emplace_back();
    outcome.row = row;
    outcome.status = fate.status;
    if (!fate.reason.empty())
        outcome.reason = std::move(fate.reason);
    if (!fate.detail.empty())
        outcome.detail = std::move(fate.detail);
    return outcome;
}

// One of the answer's lists, to be asked for the batch's contacts in turn. Apollo names them in
// that order, or nearly: whoever is next is looked at first, and the others are found by their ids.
template <class Contact>
class Named {
public:
    // The list must outlive this.
    explicit Named(const std::vector<Contact>& list) : list_(list) {}

    const Contact* find(const Id& contact) {
        if (next_ < list_.size() && list_[next_].contact == contact)
            return &list_[next_++];
        if (list_.empty())
            return nullptr;
        note_all();
        const auto place = places_.find(contact);
        if (!place)
            return nullptr;
        next_ = *place + 1;
        return &list_[*place];
    }

private:
    void note_all() {
        for (; noted_ < list_.size(); ++noted_)
            places_.note(list_[noted_].contact, noted_);
    }

    const std::vector<Contact>& list_;
    std::size_t next_ = 0;
    IdPlaces places_;  // once somebody was not next
    std::size_t noted_ = 0;
};

std::vector<Outcome> settle_contacts(const std::vector<ContactRow>& rows, const AddAnswer& answer,
                                     bool earlier_answer_lost) {
    Named all_added(answer.added);
    Named all_skipped(answer.skipped);
    std::vector<Outcome> outcomes;
    outcomes.reserve(rows.size());
    for (const ContactRow& row : rows) {
        if (const SkippedContact* skipped = all_skipped.find(row.contact)) {
            Outcome& outcome =
                add_outcome(outcomes, row.row, fate_of(*skipped, earlier_answer_lost));
            outcome.contacts_added = 0;
            outcome.contacts_skipped = 1;
        } else if (const AddedContact* added = all_added.find(row.contact)) {
            Outcome& outcome = add_outcome(outcomes, row.row, fate_of(*added));
            outcome.contacts_added = 1;
            outcome.contacts_skipped = 0;
        } else {
            add_outcome(outcomes, row.row,
                        {RowStatus::unconfirmed, std::string(reason_not_named(answer)), {}});
        }
    }
    return outcomes;
}

// The key that is there most often; of equally frequent ones the first by name.
template <class Items, class Text>
std::string most_frequent(const Items& items, Text text) {
    std::map<std::string, std::size_t> counts;
    for (const auto& item : items)
        ++counts[text(item)];
    const auto place = std::ranges::max_element(
        counts, [](const auto& left, const auto& right) { return left.second < right.second; });
    return place == counts.end() ? std::string() : place->first;
}

Fate fate_of_label_with_added(const AddAnswer& answer) {
    if (!std::ranges::all_of(answer.added, &AddedContact::paused))
        return {RowStatus::added, {}, {}};
    return {RowStatus::added, std::string(reason::paused),
            most_frequent(answer.added, [](const auto& added) { return added.inactive_reason; })};
}

// Nobody was added, somebody was refused.
Fate fate_of_refused_label(const AddAnswer& answer, bool earlier_answer_lost) {
    const auto is_there = [](const SkippedContact& skipped) {
        return skipped.reason == already_there;
    };
    if (earlier_answer_lost && std::ranges::any_of(answer.skipped, is_there))
        return {RowStatus::already_in_sequence, std::string(reason::answer_lost), {}};
    if (std::ranges::all_of(answer.skipped, is_there))
        return {RowStatus::already_in_sequence, {}, {}};
    return {RowStatus::skipped,
            most_frequent(answer.skipped, [](const auto& skipped) { return skipped.reason; }),
            {}};
}

Fate fate_of_labels(std::size_t labels, const AddAnswer& answer, bool earlier_answer_lost) {
    if (labels > 1 && !answer.added.empty()) {
        return {RowStatus::unconfirmed, std::string(reason::not_named),
                "Apollo does not say which of the " + counted(labels, "label") +
                    " in this request it added contacts for"};
    }
    if (!answer.added.empty())
        return fate_of_label_with_added(answer);
    // Whoever is still to come, or cannot be read, may have been added.
    const bool certain = answer.lists_contacts && !answer.accepted_as_job && answer.unreadable == 0;
    if (!certain)
        return {RowStatus::unconfirmed, std::string(reason_not_named(answer)), {}};
    if (!answer.skipped.empty())
        return fate_of_refused_label(answer, earlier_answer_lost);
    return {RowStatus::skipped, std::string(reason::label_matched_nobody), {}};
}

std::vector<LabelContact> people(RowNumber row, const AddAnswer& answer, bool earlier_answer_lost) {
    std::vector<LabelContact> contacts;
    contacts.reserve(answer.added.size() + answer.skipped.size());
    for (const AddedContact& added : answer.added) {
        Fate fate = fate_of(added);
        contacts.push_back({row, added.contact, fate.status, std::move(fate.reason)});
    }
    for (const SkippedContact& skipped : answer.skipped) {
        Fate fate = fate_of(skipped, earlier_answer_lost);
        contacts.push_back({row, skipped.contact, fate.status, std::move(fate.reason)});
    }
    return contacts;
}

Settlement settle_labels(const std::vector<LabelRow>& rows, const AddAnswer& answer,
                         bool earlier_answer_lost) {
    const Fate fate = fate_of_labels(rows.size(), answer, earlier_answer_lost);
    Settlement settlement;
    for (const LabelRow& row : rows)
        add_outcome(settlement.outcomes, row.row, fate);
    if (answer.lists_contacts) {
        Outcome& first = settlement.outcomes.front();
        first.contacts_added = static_cast<std::uint32_t>(answer.added.size());
        first.contacts_skipped = static_cast<std::uint32_t>(answer.skipped.size());
        settlement.label_contacts = people(rows.front().row, answer, earlier_answer_lost);
    }
    return settlement;
}

}  // namespace

Settlement settle(const Batch& asked, const AddAnswer& answer, bool earlier_answer_lost) {
    if (asked.is_label())
        return settle_labels(asked.labels, answer, earlier_answer_lost);
    return {settle_contacts(asked.contacts, answer, earlier_answer_lost), {}};
}

std::vector<Outcome> all(const Batch& batch, RowStatus status, std::string_view reason,
                         std::string_view detail) {
    const Fate fate{status, std::string(reason), std::string(detail)};
    std::vector<Outcome> outcomes;
    outcomes.reserve(batch.size());
    for (const ContactRow& row : batch.contacts)
        add_outcome(outcomes, row.row, fate);
    for (const LabelRow& row : batch.labels)
        add_outcome(outcomes, row.row, fate);
    return outcomes;
}

}  // namespace seqload::apollo
