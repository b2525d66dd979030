#include "seqload/app/verify_book.hpp"

#include "seqload/apollo/contact_request.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/timestamp.hpp"

#include <algorithm>
#include <utility>

namespace seqload::app {

namespace {

Outcome failed(RowNumber row, std::string_view why, std::string detail) {
    Outcome outcome;
    outcome.row = row;
    outcome.status = RowStatus::failed;
    outcome.reason = why;
    outcome.detail = std::move(detail);
    return outcome;
}

}  // namespace

Outcome verified_outcome(const state::DoubtfulRow& doubtful, const Id& sequence,
                         const apollo::ContactView& contact, WallTime began) {
    const RowNumber row = doubtful.row;
    const auto membership =
        std::ranges::find(contact.memberships, sequence, &apollo::Membership::sequence);
    if (membership == contact.memberships.end())
        return failed(row, reason::not_in_sequence, "verified: Apollo knows it, but not in there");
    Outcome outcome;
    outcome.row = row;
    outcome.reason = reason::verified;
    const auto& added_at = membership->added_at;
    if (added_at && *added_at >= began && !doubtful.added_by_another_run) {
        outcome.status = RowStatus::added;
        outcome.contacts_added = 1;
        outcome.contacts_skipped = 0;
    } else {
        outcome.status = RowStatus::already_in_sequence;
        outcome.contacts_added = 0;
        outcome.contacts_skipped = 1;
    }
    outcome.detail = added_at ? joined("in the sequence since ", to_text(*added_at))
                              : std::string("in the sequence; Apollo does not say since when");
    return outcome;
}

VerifyBook::VerifyBook(std::vector<state::DoubtfulRow> rows, const TargetTable& targets,
                       WallTime began, const apollo::Credentials& credentials,
                       std::string user_agent)
    : rows_(std::move(rows)),
      targets_(targets),
      began_(began),
      credentials_(credentials),
      user_agent_(std::move(user_agent)) {
    std::ranges::stable_sort(rows_, {}, &state::DoubtfulRow::contact);
}

std::optional<dispatch::Errand> VerifyBook::next() {
    if (place_ == rows_.size())
        return std::nullopt;
    const std::size_t place = place_;
    place_ += rows_about(place).size();
    return dispatch::Errand{
        .number = place,
        .request = apollo::contact_request(rows_[place].contact, credentials_, user_agent_),
        .items = place_ - place};
}

std::span<const state::DoubtfulRow> VerifyBook::rows_about(std::size_t place) const {
    const auto rest = std::span(rows_).subspan(place);
    const auto end = std::ranges::find_if(
        rest, [&](const state::DoubtfulRow& row) { return row.contact != rest.front().contact; });
    return {rest.begin(), end};
}

std::optional<state::Change> VerifyBook::sending(const dispatch::Errand& /*errand*/,
                                                 bool /*retried*/) {
    // The run's requests are those that added; reading back is not among them.
    return std::nullopt;
}

std::optional<state::Change> VerifyBook::settle(const dispatch::ErrandEnd& end) {
    const auto rows = rows_about(end.number);
    state::RowsVerified verified{.outcomes = {}, .at = end.at};
    if (end.answered) {
        const auto contact = apollo::read_contact(end.body);
        if (!contact || contact->id != rows.front().contact)
            return std::nullopt;
        for (const state::DoubtfulRow& row : rows)
            verified.outcomes.push_back(
                verified_outcome(row, targets_.sequence(row.target), *contact, began_));
        return verified;
    }
    if (apollo::is_no_such_contact(end.http_status, end.message)) {
        for (const state::DoubtfulRow& row : rows)
            verified.outcomes.push_back(
                failed(row.row, reason::contact_not_found, "verified: " + end.message));
        return verified;
    }
    unsettled_ += rows.size();
    trouble_ = end.message;
    return state::RequestsCounted{};
}

}  // namespace seqload::app
