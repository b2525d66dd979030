#include "seqload/app/member_contacts.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

std::uint64_t contacts_of(const std::vector<state::ExpandedLabel>& labels) {
    std::uint64_t contacts = 0;
    for (const state::ExpandedLabel& label : labels)
        contacts += label.contacts;
    return contacts;
}

// The outcomes behind that row, numbered anew from 1.
report::NextOutcome behind(RowNumber row, report::NextOutcome outcomes) {
    return
        [row, outcomes = std::move(outcomes),
         renumbered = state::RecordedOutcome()]() mutable -> Result<const state::RecordedOutcome*> {
            for (;;) {
                const auto next = outcomes();
                if (!next || *next == nullptr)
                    return next;
                if ((*next)->outcome.row > row) {
                    renumbered = **next;
                    renumbered.outcome.row -= row;
                    return &renumbered;
                }
            }
        };
}

class MemberContacts {
public:
    MemberContacts(std::vector<state::ExpandedLabel> labels,
                   Result<std::unique_ptr<input::RowReader>> rows, report::NextOutcome outcomes)
        : labels_(std::move(labels)),
          input_rows_(labels_.front().first - 1),
          contacts_(std::move(rows), behind(input_rows_, std::move(outcomes)),
                    contacts_of(labels_)) {}

    Result<std::optional<report::ReachedContact>> next() {
        const auto more = contacts_.next();
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return std::nullopt;
        const report::ReportedRow& reported = contacts_.current();
        report::ReachedContact contact{.row = input_row(reported.number),
                                       .contact = std::nullopt,
                                       .status = reported.status(),
                                       .reason = {}};
        if (reported.row != nullptr && !reported.row->invalid)
            contact.contact = reported.row->contact;
        Outcome outcome = reported.outcome();
        outcome.same_as = state::input_row(labels_, outcome.same_as);
        contact.reason = full_reason(outcome);
        return contact;
    }

private:
    RowNumber input_row(RowNumber contact) const {
        return state::input_row(labels_, input_rows_ + contact);
    }

    std::vector<state::ExpandedLabel> labels_;
    RowNumber input_rows_;
    report::ReportedRows contacts_;
};

}  // namespace

report::NextLabelContact member_contacts(std::vector<state::ExpandedLabel> labels,
                                         Result<std::unique_ptr<input::RowReader>> rows,
                                         report::NextOutcome outcomes) {
    const auto shared =
        std::make_shared<MemberContacts>(std::move(labels), std::move(rows), std::move(outcomes));
    return [shared] { return shared->next(); };
}

}  // namespace seqload::app
