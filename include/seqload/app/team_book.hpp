#pragma once

// The lists of a team's account as errands, and what they say. Only what a plan
// needs is asked for, and pages only until everything is found, unless the whole list is
// needed: each route has a quota of its own, but none is free. Pure.

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/labels.hpp"
#include "seqload/apollo/mailboxes.hpp"
#include "seqload/apollo/sequences.hpp"
#include "seqload/apollo/usage.hpp"
#include "seqload/apollo/users.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/dispatch/errand_book.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

// What was read of the team's account. A list that was not asked for, or not
// answered, is nullopt: nothing is known of what would be in it.
struct Team {
    std::optional<apollo::Usage> usage;
    std::optional<std::vector<apollo::Sequence>> sequences;
    std::optional<std::vector<apollo::Mailbox>> mailboxes;
    std::optional<std::vector<apollo::Label>> labels;
    std::optional<std::vector<apollo::User>> users;
    std::vector<std::string> troubles;  // what could not be read, and why
};

class TeamBook final : public dispatch::ErrandBook {
public:
    // Lists that are known already are not asked for. The usage is needed always: only
    // a master key may ask for it. The credentials must outlive the book.
    TeamBook(TeamNeeds needs, const apollo::Credentials& credentials, std::string user_agent,
             Team known = {});

    std::optional<dispatch::Errand> next() override;
    std::optional<state::Change> sending(const dispatch::Errand& errand, bool retried) override;
    std::optional<state::Change> settle(const dispatch::ErrandEnd& end) override;

    // Once all of them have come to their end.
    const Team& team() const { return team_; }

private:
    enum class List : std::uint8_t { usage, sequences, mailboxes, labels, users };
    struct Question {
        List list = List::usage;
        std::uint32_t page = 1;
    };

    net::Request request_for(const Question& question) const;
    bool take(const Question& question, std::string_view body);
    bool take_sequences(std::string_view body);
    bool take_users(std::string_view body);
    void give_up(const Question& question, const std::string& why);

    TeamNeeds needs_;
    const apollo::Credentials& credentials_;
    std::string user_agent_;
    Team team_;
    std::deque<Question> questions_;
    std::map<std::uint64_t, Question> under_way_;  // by errand
    std::uint64_t last_errand_ = 0;
};

}  // namespace seqload::app
