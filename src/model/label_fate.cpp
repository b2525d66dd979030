#include "seqload/model/label_fate.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>

namespace seqload {

namespace {

RowStatus status_of(const MemberTally& tally) {
    const std::uint64_t all = tally.members();
    const std::uint64_t excluded = tally[RowStatus::excluded];
    const std::uint64_t kept_back = tally[RowStatus::duplicate] + excluded;
    if (all == 0)
        return RowStatus::skipped;
    if (tally[RowStatus::not_attempted] > 0)
        return RowStatus::not_attempted;
    if (tally[RowStatus::unconfirmed] > 0)
        return RowStatus::unconfirmed;
    if (tally[RowStatus::failed] + tally[RowStatus::invalid] > 0)
        return RowStatus::failed;
    if (tally[RowStatus::added] > 0)
        return RowStatus::added;
    if (excluded == all)
        return RowStatus::excluded;
    if (kept_back == all)
        return RowStatus::duplicate;
    return kept_back + tally[RowStatus::already_in_sequence] == all ? RowStatus::already_in_sequence
                                                                    : RowStatus::skipped;
}

// "3 of 500 contacts".
std::string share(std::uint64_t some, std::uint64_t all) {
    return joined(grouped(some), " of ", counted(all, "contact"));
}

// Invalid contacts have failed, as far as a label is concerned.
const std::map<std::string, MemberTally::Alike>& reasons_of(const MemberTally& tally,
                                                            RowStatus status) {
    const bool only_invalid = status == RowStatus::failed && tally[RowStatus::failed] == 0;
    return tally.reasons(only_invalid ? RowStatus::invalid : status);
}

void give_reason(const std::string& reason, const MemberTally::Alike& alike, std::uint64_t all,
                 Outcome& outcome) {
    outcome.reason = reason;
    if (reason.empty())
        return;
    outcome.detail = share(alike.contacts, all);
    if (!alike.detail.empty())
        outcome.detail += ": " + alike.detail;
}

void explain(const MemberTally& tally, Outcome& outcome) {
    const auto& reasons = reasons_of(tally, outcome.status);
    const auto most = std::ranges::max_element(
        reasons, {}, [](const auto& reason) { return reason.second.contacts; });
    if (most != reasons.end())
        give_reason(most->first, most->second, tally.members(), outcome);
}

void explain_added(const MemberTally& tally, Outcome& outcome) {
    const auto& reasons = tally.reasons(RowStatus::added);
    const auto paused = reasons.find(std::string(reason::paused));
    if (paused == reasons.end() || reasons.size() > 1)
        return;
    outcome.reason = paused->first;
    outcome.detail = paused->second.detail;
}

void explain_already_there(const MemberTally& tally, Outcome& outcome) {
    const auto& reasons = tally.reasons(RowStatus::already_in_sequence);
    const auto lost = reasons.find(std::string(reason::answer_lost));
    if (lost == reasons.end())
        explain(tally, outcome);
    else
        give_reason(lost->first, lost->second, tally.members(), outcome);
}

}  // namespace

void MemberTally::add(RowStatus status, const std::string& reason, const std::string& detail,
                      std::uint64_t contacts) {
    if (contacts == 0)
        return;
    Alike& alike = alike_.at(index(status))[reason];
    alike.contacts += contacts;
    if (alike.detail.empty())
        alike.detail = detail;
}

void MemberTally::add_people(std::uint64_t added, std::uint64_t skipped) {
    people_added_ += added;
    people_skipped_ += skipped;
}

std::uint64_t MemberTally::operator[](RowStatus status) const {
    if (status != RowStatus::not_attempted) {
        std::uint64_t contacts = 0;
        for (const auto& [reason, alike] : reasons(status))
            contacts += alike.contacts;
        return contacts;
    }
    std::uint64_t attempted = 0;
    for (const RowStatus other : row_statuses) {
        if (other != RowStatus::not_attempted)
            attempted += (*this)[other];
    }
    return members_ - std::min(attempted, members_);
}

const std::map<std::string, MemberTally::Alike>& MemberTally::reasons(RowStatus status) const {
    return alike_.at(index(status));
}

Outcome label_fate(RowNumber row, const MemberTally& tally) {
    Outcome outcome;
    outcome.row = row;
    outcome.status = status_of(tally);
    outcome.contacts_added = static_cast<std::uint32_t>(tally.people_added());
    outcome.contacts_skipped = static_cast<std::uint32_t>(tally.people_skipped());
    switch (outcome.status) {
        case RowStatus::not_attempted:
            if (tally[RowStatus::not_attempted] < tally.members())
                outcome.detail = share(tally[RowStatus::not_attempted], tally.members());
            break;
        case RowStatus::added:
            explain_added(tally, outcome);
            break;
        case RowStatus::already_in_sequence:
            explain_already_there(tally, outcome);
            break;
        case RowStatus::duplicate:
            outcome.reason = reason::contacts_in_other_rows;
            if (tally[RowStatus::excluded] > 0)
                outcome.detail = share(tally[RowStatus::duplicate], tally.members()) +
                                 ", the others are excluded";
            break;
        case RowStatus::skipped:
            if (tally.members() == 0)
                outcome.reason = reason::label_matched_nobody;
            else
                explain(tally, outcome);
            break;
        default:
            explain(tally, outcome);
    }
    return outcome;
}

}  // namespace seqload
