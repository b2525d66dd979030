#pragma once

// What an undo still has to remove, as errands: contacts of one sequence share
// requests, and what an answer names is removed. Pure.

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/removal.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/dispatch/errand_book.hpp"
#include "seqload/state/removal.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seqload::app {

class RemovalBook final : public dispatch::ErrandBook {
public:
    struct Options {
        apollo::RemovalMode mode = apollo::RemovalMode::remove;
        // Whether an earlier process may have sent some of this without hearing the answer.
        bool taken_up_again = false;
        std::string user_agent;
    };

    // Only removals that wait count, ordered by sequence. The credentials must
    // outlive the book.
    RemovalBook(std::vector<state::Removal> removals, const apollo::Credentials& credentials,
                Options options);

    std::optional<dispatch::Errand> next() override;
    std::optional<state::Change> sending(const dispatch::Errand& errand, bool retried) override;
    std::optional<state::Change> settle(const dispatch::ErrandEnd& end) override;

    // The fewest requests that so many contacts of one sequence go out in.
    static std::uint64_t requests_for(std::uint64_t contacts);

    // … and for these, ordered by sequence: one request is about one sequence.
    static std::uint64_t requests_for(std::span<const state::AddedContact> contacts);

private:
    // Removals from begin up to end, of one sequence.
    struct Portion {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    state::RemovalOutcome outcome_of(const state::Removal& removal, bool named,
                                     const dispatch::ErrandEnd& end) const;

    std::vector<state::Removal> removals_;
    const apollo::Credentials& credentials_;
    Options options_;
    std::size_t place_ = 0;
    std::map<std::uint64_t, Portion> under_way_;  // by errand
    std::uint64_t last_errand_ = 0;
};

}  // namespace seqload::app
