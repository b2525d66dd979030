#include "seqload/app/removal_book.hpp"

#include "seqload/model/outcome.hpp"

#include <algorithm>
#include <utility>

namespace seqload::app {

namespace {

// Refused for good, not for want of attempts.
bool is_rejection(unsigned http_status) {
    return http_status >= 400 && http_status < 500 && http_status != 408;
}

}  // namespace

RemovalBook::RemovalBook(std::vector<state::Removal> removals,
                         const apollo::Credentials& credentials, Options options)
    : removals_(std::move(removals)), credentials_(credentials), options_(std::move(options)) {
    std::erase_if(removals_, [](const state::Removal& removal) {
        return removal.status != state::RemovalStatus::waiting;
    });
}

std::uint64_t RemovalBook::requests_for(std::uint64_t contacts) {
    const std::uint64_t per_request = apollo::contacts_per_removal;
    return (contacts + per_request - 1) / per_request;
}

std::uint64_t RemovalBook::requests_for(std::span<const state::AddedContact> contacts) {
    std::uint64_t requests = 0;
    for (std::size_t begin = 0, end = 0; begin < contacts.size(); begin = end) {
        while (end < contacts.size() && contacts[end].sequence == contacts[begin].sequence)
            ++end;
        requests += requests_for(std::uint64_t{end - begin});
    }
    return requests;
}

std::optional<dispatch::Errand> RemovalBook::next() {
    if (place_ == removals_.size())
        return std::nullopt;
    const Portion portion{place_, [&] {
                              std::size_t end = place_ + 1;
                              while (end < removals_.size() &&
                                     end - place_ < apollo::contacts_per_removal &&
                                     removals_[end].sequence == removals_[place_].sequence)
                                  ++end;
                              return end;
                          }()};
    place_ = portion.end;

    std::vector<Id> contacts;
    for (std::size_t i = portion.begin; i < portion.end; ++i)
        contacts.push_back(removals_[i].contact);
    const std::uint64_t number = ++last_errand_;
    under_way_.emplace(number, portion);
    return dispatch::Errand{
        .number = number,
        .request = apollo::remove_request(removals_[portion.begin].sequence, contacts,
                                          options_.mode, credentials_, options_.user_agent),
        .items = contacts.size(),
        .sequence = removals_[portion.begin].sequence};
}

std::optional<state::Change> RemovalBook::sending(const dispatch::Errand& errand, bool retried) {
    return state::RemovalsInFlight{.contacts = errand.items, .retried = retried, .at = {}};
}

std::optional<state::Change> RemovalBook::settle(const dispatch::ErrandEnd& end) {
    const Portion portion = under_way_.at(end.number);
    std::vector<Id> named;
    if (end.answered) {
        auto read = apollo::read_removal(end.body, removals_[portion.begin].sequence);
        if (!read)
            return std::nullopt;
        named = std::move(*read);
        std::ranges::sort(named);
    }
    state::RemovalsSettled settled{.outcomes = {},
                                   .leaves_sequence = options_.mode == apollo::RemovalMode::remove,
                                   .http_status = end.http_status,
                                   .attempts = end.attempts,
                                   .request_id = end.request_id,
                                   .at = end.at};
    for (std::size_t i = portion.begin; i < portion.end; ++i) {
        const bool is_named = std::ranges::binary_search(named, removals_[i].contact);
        settled.outcomes.push_back(outcome_of(removals_[i], is_named, end));
    }
    under_way_.erase(end.number);
    return settled;
}

state::RemovalOutcome RemovalBook::outcome_of(const state::Removal& removal, bool named,
                                              const dispatch::ErrandEnd& end) const {
    state::RemovalOutcome outcome{
        .number = removal.number, .status = {}, .reason = {}, .detail = {}};
    if (named) {
        outcome.status = state::RemovalStatus::removed;
    } else if (end.answered) {
        // Apollo names whom it has touched. Whom it does not name was not in the
        // sequence any more, perhaps because an earlier try has removed them.
        outcome.status = state::RemovalStatus::not_in_sequence;
        if (end.attempts > 1 || options_.taken_up_again)
            outcome.reason = reason::answer_lost;
    } else {
        outcome.status = state::RemovalStatus::failed;
        outcome.reason = is_rejection(end.http_status) ? reason::rejected : reason::gave_up;
        outcome.detail = end.message;
    }
    return outcome;
}

}  // namespace seqload::app
