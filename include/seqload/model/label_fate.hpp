#pragma once

// What became of a label row whose contacts were sent one by one: a rule over what
// became of them. Pure. The first line that holds counts:
//
//   nobody carries the label                  | skipped, label_matched_nobody
//   any is not attempted                      | not_attempted
//   any is unconfirmed                        | unconfirmed
//   any failed, or is invalid                 | failed
//   any was added                             | added; paused if all who were added are
//   all are excluded                          | excluded
//   all are duplicates, or excluded           | duplicate, contacts_in_other_rows
//   all others are in the sequence already    | already_in_sequence; answer_lost if that
//                                             | is said of any of them
//   (what is left: somebody was skipped)      | skipped
//
// Who is a duplicate of another row, or excluded, says nothing of the others. Doubt
// comes before failure, because verifying can settle it. The reason, where the table
// names none, is the most frequent one of the contacts with that status (of equally
// frequent ones the first by name), the detail says how many have it.

#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace seqload {

// What became of a label row's contacts, counted.
class MemberTally {
public:
    // members: how many contacts the row stands for. Those that are not added to the
    // tally are not attempted.
    explicit MemberTally(std::uint64_t members) : members_(members) {}

    // Contacts that fared alike. detail: what was said of one of them.
    void add(RowStatus status, const std::string& reason, const std::string& detail,
             std::uint64_t contacts);

    // People whom Apollo added, and whom it did not.
    void add_people(std::uint64_t added, std::uint64_t skipped);

    std::uint64_t members() const { return members_; }
    std::uint64_t operator[](RowStatus status) const;  // not_attempted: all the others
    std::uint64_t people_added() const { return people_added_; }
    std::uint64_t people_skipped() const { return people_skipped_; }

    struct Alike {
        std::uint64_t contacts = 0;
        std::string detail;
    };
    // By reason, the empty one too.
    const std::map<std::string, Alike>& reasons(RowStatus status) const;

private:
    static std::size_t index(RowStatus status) {
        return static_cast<std::size_t>(std::to_underlying(status)) - 1;
    }

    std::uint64_t members_;
    std::array<std::map<std::string, Alike>, row_statuses.size()> alike_;
    std::uint64_t people_added_ = 0;
    std::uint64_t people_skipped_ = 0;
};

// See above. contacts_added and contacts_skipped are the sums over the contacts.
Outcome label_fate(RowNumber row, const MemberTally& tally);

}  // namespace seqload
