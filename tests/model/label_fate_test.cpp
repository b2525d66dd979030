#include "seqload/model/label_fate.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;

namespace {

using Counts = std::vector<std::pair<RowStatus, std::uint64_t>>;

// A label of that many contacts, of which these have been settled, each for "why".
MemberTally tally_of(std::uint64_t members, const Counts& counts) {
    MemberTally tally(members);
    for (const auto& [status, contacts] : counts)
        tally.add(status, "why", "", contacts);
    return tally;
}

RowStatus fate(std::uint64_t members, const Counts& counts) {
    return label_fate(7, tally_of(members, counts)).status;
}

}  // namespace

TEST_CASE("the fate of a label, cell by cell") {
    using enum RowStatus;
    CHECK(fate(0, {}) == skipped);
    CHECK(fate(1, {}) == not_attempted);

    // One of each that is earlier in the table decides over everything after it.
    const std::vector<RowStatus> weaker{unconfirmed, failed,   added,    already_in_sequence,
                                        skipped,     excluded, duplicate};
    Counts all;
    for (const RowStatus status : weaker)
        all.emplace_back(status, 1);
    CHECK(fate(8, all) == not_attempted);
    CHECK(fate(7, all) == unconfirmed);
    CHECK(fate(6, {all.begin() + 1, all.end()}) == failed);
    CHECK(fate(5, {all.begin() + 2, all.end()}) == added);
    CHECK(fate(4, {all.begin() + 3, all.end()}) == skipped);

    CHECK(fate(2, {{invalid, 1}, {added, 1}}) == failed);
    CHECK(fate(3, {{excluded, 3}}) == excluded);
    CHECK(fate(3, {{duplicate, 3}}) == duplicate);
    CHECK(fate(3, {{duplicate, 1}, {excluded, 2}}) == duplicate);
    CHECK(fate(3, {{already_in_sequence, 3}}) == already_in_sequence);
    CHECK(fate(3, {{already_in_sequence, 1}, {duplicate, 1}, {excluded, 1}}) ==
          already_in_sequence);
    CHECK(fate(3, {{skipped, 1}, {already_in_sequence, 2}}) == skipped);
    CHECK(fate(2, {{skipped, 1}, {duplicate, 1}}) == skipped);
}

TEST_CASE("any pair of statuses is decided by the one that comes first in the table") {
    using enum RowStatus;
    const std::vector<std::pair<RowStatus, RowStatus>> in_order{
        {unconfirmed, unconfirmed}, {invalid, failed},
        {failed, failed},           {added, added},
        {skipped, skipped},         {already_in_sequence, already_in_sequence},
        {duplicate, duplicate},     {excluded, excluded}};
    for (std::size_t first = 0; first < in_order.size(); ++first) {
        for (std::size_t second = first; second < in_order.size(); ++second) {
            CAPTURE(name(in_order[first].first));
            CAPTURE(name(in_order[second].first));
            CHECK(fate(2, {{in_order[first].first, 1}, {in_order[second].first, 1}}) ==
                  in_order[first].second);
        }
    }
}

TEST_CASE("the reason is the most frequent one, and the detail says how frequent") {
    MemberTally tally(500);
    tally.add(RowStatus::failed, "mailbox_inactive", "These mailboxes are no longer active.", 2);
    tally.add(RowStatus::failed, "rejected", "", 1);
    tally.add(RowStatus::added, "", "", 497);
    const Outcome outcome = label_fate(7, tally);
    CHECK(outcome.row == 7);
    CHECK(outcome.reason == "mailbox_inactive");
    CHECK(outcome.detail == "2 of 500 contacts: These mailboxes are no longer active.");
}

TEST_CASE("a label that nobody carries, or whose contacts all stand in other rows, says so") {
    CHECK(label_fate(7, MemberTally(0)).reason == "label_matched_nobody");

    const Outcome repeated = label_fate(7, tally_of(3, {{RowStatus::duplicate, 3}}));
    CHECK(repeated.reason == "contacts_in_other_rows");
    CHECK(repeated.detail.empty());
    CHECK(repeated.same_as == 0);

    const Outcome mixed =
        label_fate(7, tally_of(3, {{RowStatus::duplicate, 1}, {RowStatus::excluded, 2}}));
    CHECK(mixed.detail == "1 of 3 contacts, the others are excluded");
}

TEST_CASE("added is paused only if all who were added are") {
    MemberTally tally(3);
    tally.add(RowStatus::added, "paused", "no schedule", 2);
    tally.add(RowStatus::skipped, "contacts_without_email", "", 1);
    CHECK(label_fate(7, tally).reason == "paused");
    CHECK(label_fate(7, tally).detail == "no schedule");

    MemberTally mixed(3);
    mixed.add(RowStatus::added, "paused", "no schedule", 2);
    mixed.add(RowStatus::added, "", "", 1);
    CHECK(label_fate(7, mixed).reason.empty());
    CHECK(label_fate(7, mixed).detail.empty());
}

TEST_CASE("already there: a lost answer is told however few it concerns") {
    MemberTally tally(3);
    tally.add(RowStatus::already_in_sequence, "", "", 2);
    CHECK(label_fate(7, tally).status == RowStatus::not_attempted);
    tally.add(RowStatus::already_in_sequence, "answer_lost", "", 1);
    CHECK(label_fate(7, tally).reason == "answer_lost");
    CHECK(label_fate(7, tally).detail == "1 of 3 contacts");
}

TEST_CASE("people are summed up, and a label that is half done says what is left") {
    MemberTally tally(500);
    tally.add(RowStatus::added, "", "", 290);
    tally.add(RowStatus::skipped, "contacts_without_email", "", 10);
    tally.add_people(290, 10);
    const Outcome outcome = label_fate(7, tally);
    CHECK(outcome.status == RowStatus::not_attempted);
    CHECK(outcome.contacts_added == 290);
    CHECK(outcome.contacts_skipped == 10);
    CHECK(outcome.detail == "200 of 500 contacts");
    CHECK(label_fate(7, MemberTally(2)).detail.empty());
}
