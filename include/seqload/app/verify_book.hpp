#pragma once

// Rows whose fate is in doubt, as errands: each contact is read back from Apollo,
// once for all of its rows, and what its memberships say settles them. Pure.
//
//   Apollo says                          | the row becomes
//   -------------------------------------+--------------------------------------
//   in the sequence, added since the run | added, verified
//   began                                |
//   in the sequence from before that     | already_in_sequence, verified
//   in the sequence since then, but      | already_in_sequence, verified
//   another run's answer said: added     |
//   in the sequence, no time given       | already_in_sequence, verified
//   not in the sequence                  | failed, not_in_sequence
//   no such contact (any more)           | failed, contact_not_found
//   refused otherwise, or no answer      | as it was

#include "seqload/apollo/contact_view.hpp"
#include "seqload/apollo/credentials.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/dispatch/errand_book.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/state/store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seqload::app {

// What the contact's memberships say of a row. began: when the run did, by Apollo's
// clock.
Outcome verified_outcome(const state::DoubtfulRow& doubtful, const Id& sequence,
                         const apollo::ContactView& contact, WallTime began);

class VerifyBook final : public dispatch::ErrandBook {
public:
    // The table and the credentials must outlive the book.
    VerifyBook(std::vector<state::DoubtfulRow> rows, const TargetTable& targets, WallTime began,
               const apollo::Credentials& credentials, std::string user_agent);

    std::optional<dispatch::Errand> next() override;
    std::optional<state::Change> sending(const dispatch::Errand& errand, bool retried) override;
    std::optional<state::Change> settle(const dispatch::ErrandEnd& end) override;

    // Rows that could not be settled, and what was said of the last of them.
    std::uint64_t unsettled() const { return unsettled_; }
    const std::string& trouble() const { return trouble_; }

private:
    // From that place on, all of one contact.
    std::span<const state::DoubtfulRow> rows_about(std::size_t place) const;

    std::vector<state::DoubtfulRow> rows_;  // by contact
    const TargetTable& targets_;
    WallTime began_;
    const apollo::Credentials& credentials_;
    std::string user_agent_;
    std::size_t place_ = 0;
    std::uint64_t unsettled_ = 0;
    std::string trouble_;
};

}  // namespace seqload::app
