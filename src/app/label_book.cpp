#include "seqload/app/label_book.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <utility>

namespace seqload::app {

namespace {

constexpr unsigned most_readings = 2;
constexpr unsigned client_error = 4;

std::string called(const apollo::Label& label) {
    return joined("label \"", printable(label.name), "\"");
}

Error cannot_be_expanded(std::string what, std::string next) {
    return {ErrorKind::unusable_input, std::move(what), "--expand-labels", std::move(next)};
}

constexpr const char* without_or_split =
    "load it without --expand-labels, or split the label in Apollo";

std::uint64_t contacts_said(const apollo::ContactPage& answer) {
    if (answer.pagination.total_entries > 0 || answer.pagination.total_pages <= 1)
        return answer.pagination.total_entries;
    // At least: the last page may hold but one.
    return std::uint64_t{answer.pagination.total_pages - 1} * apollo::items_per_page + 1;
}

}  // namespace

LabelBook::LabelBook(std::vector<apollo::Label> labels, const apollo::Credentials& credentials,
                     std::string user_agent, std::uint64_t most_contacts)
    : credentials_(credentials), user_agent_(std::move(user_agent)), most_contacts_(most_contacts) {
    for (apollo::Label& label : labels) {
        pages_.push_back({.reading = readings_.size(), .number = 1});
        readings_.emplace_back().label = std::move(label);
    }
}

std::optional<dispatch::Errand> LabelBook::next() {
    if (pages_.empty())
        return std::nullopt;
    const Page page = pages_.front();
    pages_.pop_front();
    const std::uint64_t number = ++last_errand_;
    under_way_.emplace(number, page);
    return dispatch::Errand{
        .number = number,
        .request = apollo::label_contacts_request(readings_[page.reading].label.id, page.number,
                                                  credentials_, user_agent_)};
}

std::optional<state::Change> LabelBook::sending(const dispatch::Errand& /*errand*/,
                                                bool /*retried*/) {
    // The run's requests are those that add; reading is not among them.
    return std::nullopt;
}

std::optional<state::Change> LabelBook::settle(const dispatch::ErrandEnd& end) {
    const Page page = under_way_.at(end.number);
    const apollo::Label& label = readings_[page.reading].label;
    if (end.answered) {
        const auto answer = apollo::read_label_contacts(end.body);
        if (!answer)
            return std::nullopt;
        take_page(page, *answer);
    } else if (end.http_status / 100 == client_error) {
        give_up(cannot_be_expanded(joined(called(label), " cannot be read: ", end.message),
                                   "see that the key may search contacts, or load it without "
                                   "--expand-labels"));
    } else {
        give_up({ErrorKind::network, joined(called(label), " could not be read: ", end.message),
                 "--expand-labels",
                 "`seqload resume` reads the labels anew and goes on; or load it without "
                 "--expand-labels"});
    }
    under_way_.erase(end.number);
    return state::RequestsCounted{};
}

void LabelBook::take_page(const Page& page, const apollo::ContactPage& answer) {
    Reading& reading = readings_[page.reading];
    if (auto fault = fault_of(reading, answer)) {
        give_up(*std::move(fault));
        return;
    }
    for (const Id& contact : answer.contacts) {
        if (reading.seen.insert(contact).second)
            reading.contacts.listed.push_back(contact);
    }
    reading.contacts.said = answer.pagination.total_entries;
    reading.largest = std::max(reading.largest, reading.contacts.said);
    if (!trouble_)
        go_on(page, answer);
}

// The number of the page that was asked for: an answer cannot lead around in circles.
void LabelBook::go_on(const Page& page, const apollo::ContactPage& answer) {
    Reading& reading = readings_[page.reading];
    if (page.number < answer.pagination.total_pages) {
        pages_.push_front({.reading = page.reading, .number = page.number + 1});
        return;
    }
    const bool shrank = reading.contacts.said < reading.largest;
    const bool lacks_some = reading.contacts.listed.size() < reading.contacts.said;
    if ((!shrank && !lacks_some) || reading.times == most_readings)
        return;
    ++reading.times;
    reading.largest = 0;
    pages_.push_front({.reading = page.reading, .number = 1});
}

std::optional<Error> LabelBook::fault_of(const Reading& reading,
                                         const apollo::ContactPage& answer) const {
    const std::string label = called(reading.label);
    const std::uint64_t said = contacts_said(answer);
    if (said > most_contacts_ || answer.pagination.total_pages > apollo::contact_pages_limit) {
        return cannot_be_expanded(
            joined(label, " has ", counted(said, "contact"), ", and no more than ",
                   grouped(most_contacts_), " can be read"),
            without_or_split);
    }
    if (answer.partial)
        return cannot_be_expanded(joined("Apollo lists only a part of the contacts of ", label),
                                  without_or_split);
    if (answer.unreadable > 0) {
        return cannot_be_expanded(joined(counted(answer.unreadable, "contact"), " of ", label,
                                         " cannot be read: Apollo lists them without an id"),
                                  without_or_split);
    }
    return std::nullopt;
}

void LabelBook::give_up(Error error) {
    pages_.clear();
    if (!trouble_)
        trouble_ = std::move(error);
}

std::map<std::string, LabelBook::Contacts> LabelBook::take() && {
    std::map<std::string, Contacts> all;
    for (Reading& reading : readings_)
        all.emplace(std::move(reading.label.name), std::move(reading.contacts));
    return all;
}

std::uint64_t LabelBook::pages() const {
    std::uint64_t pages = 0;
    for (const Reading& reading : readings_) {
        const std::uint64_t count = reading.label.count.value_or(1);
        pages += std::max<std::uint64_t>(
            1, (count + apollo::items_per_page - 1) / apollo::items_per_page);
    }
    return pages;
}

}  // namespace seqload::app
