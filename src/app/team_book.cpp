#include "seqload/app/team_book.hpp"

#include "seqload/base/joined.hpp"

#include <algorithm>
#include <utility>

namespace seqload::app {

namespace {

// Whether the list has everything that is needed of it.
template <typename Item>
bool has_all(const std::vector<Item>& items, const std::map<Id, std::uint64_t>& needed) {
    return std::ranges::all_of(needed, [&](const auto& need) {
        return std::ranges::find(items, need.first, &Item::id) != items.end();
    });
}

template <typename Item>
void append(std::optional<std::vector<Item>>& list, std::vector<Item> items) {
    if (!list)
        list.emplace();
    std::ranges::move(items, std::back_inserter(*list));
}

}  // namespace

TeamBook::TeamBook(TeamNeeds needs, const apollo::Credentials& credentials, std::string user_agent,
                   Team known)
    : needs_(std::move(needs)),
      credentials_(credentials),
      user_agent_(std::move(user_agent)),
      team_(std::move(known)) {
    if (!team_.usage)
        questions_.push_back({.list = List::usage});
    if ((!needs_.sequences.empty() || needs_.every_sequence) && !team_.sequences)
        questions_.push_back({.list = List::sequences});
    if ((!needs_.mailboxes.empty() || needs_.every_mailbox) && !team_.mailboxes)
        questions_.push_back({.list = List::mailboxes});
    if (!needs_.labels.empty() && !team_.labels)
        questions_.push_back({.list = List::labels});
    if ((!needs_.users.empty() || needs_.every_user) && !team_.users)
        questions_.push_back({.list = List::users});
}

std::optional<dispatch::Errand> TeamBook::next() {
    if (questions_.empty())
        return std::nullopt;
    const Question question = questions_.front();
    questions_.pop_front();
    const std::uint64_t number = ++last_errand_;
    under_way_.emplace(number, question);
    return dispatch::Errand{.number = number, .request = request_for(question)};
}

net::Request TeamBook::request_for(const Question& question) const {
    switch (question.list) {
        case List::usage:
            return apollo::usage_request(credentials_, user_agent_);
        case List::sequences:
            return apollo::sequences_request(question.page, {}, credentials_, user_agent_);
        case List::mailboxes:
            return apollo::mailboxes_request(credentials_, user_agent_);
        case List::labels:
            return apollo::labels_request(credentials_, user_agent_);
        case List::users:
            return apollo::users_request(question.page, credentials_, user_agent_);
    }
    std::unreachable();
}

std::optional<state::Change> TeamBook::sending(const dispatch::Errand& /*errand*/,
                                               bool /*retried*/) {
    return std::nullopt;
}

std::optional<state::Change> TeamBook::settle(const dispatch::ErrandEnd& end) {
    const Question question = under_way_.at(end.number);
    if (end.answered && !take(question, end.body))
        return std::nullopt;
    if (!end.answered)
        give_up(question, end.message);
    under_way_.erase(end.number);
    return state::RequestsCounted{};
}

bool TeamBook::take(const Question& question, std::string_view body) {
    switch (question.list) {
        case List::usage:
            if (auto usage = apollo::read_usage(body))
                team_.usage = *usage;
            return team_.usage.has_value();
        case List::sequences:
            return take_sequences(body);
        case List::mailboxes:
            if (auto mailboxes = apollo::read_mailboxes(body))
                team_.mailboxes = std::move(*mailboxes);
            return team_.mailboxes.has_value();
        case List::labels:
            if (auto labels = apollo::read_labels(body))
                team_.labels = std::move(*labels);
            return team_.labels.has_value();
        case List::users:
            return take_users(body);
    }
    std::unreachable();
}

bool TeamBook::take_sequences(std::string_view body) {
    auto page = apollo::read_sequences(body);
    if (!page)
        return false;
    append(team_.sequences, std::move(page->sequences));
    if (const auto next = page->pagination.next();
        next && (needs_.every_sequence || !has_all(*team_.sequences, needs_.sequences)))
        questions_.push_front({.list = List::sequences, .page = *next});
    return true;
}

bool TeamBook::take_users(std::string_view body) {
    auto page = apollo::read_users(body);
    if (!page)
        return false;
    append(team_.users, std::move(page->users));
    if (const auto next = page->pagination.next();
        next && (needs_.every_user || !has_all(*team_.users, needs_.users)))
        questions_.push_front({.list = List::users, .page = *next});
    return true;
}

// A list of which a page is missing says nothing of what it does not hold.
void TeamBook::give_up(const Question& question, const std::string& why) {
    std::string_view what;
    switch (question.list) {
        case List::usage:
            what = "quota";
            break;
        case List::sequences:
            what = "sequences";
            team_.sequences.reset();
            break;
        case List::mailboxes:
            what = "mailboxes";
            break;
        case List::labels:
            what = "labels";
            break;
        case List::users:
            what = "users";
            team_.users.reset();
            break;
    }
    team_.troubles.push_back(joined("the team's ", what, " could not be read: ", why));
}

}  // namespace seqload::app
