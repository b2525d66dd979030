#pragma once

// Whom labels reach, as errands: the pages of each label, one after another, however
// many rows name it. Pure.
//
// A label may change while it is read. Contacts come in the order of their making
// (apollo/label_contacts.hpp), so whoever gets it meanwhile pushes nobody out of sight,
// and whoever is listed twice counts once. Whoever loses it moves the others forward,
// and one of them may slip onto a page that was read before: a label that shrank, or
// that listed fewer contacts than Apollo counts, is read once more, and everyone counts
// who was listed at either time.

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/label_contacts.hpp"
#include "seqload/apollo/labels.hpp"
#include "seqload/base/error.hpp"
#include "seqload/dispatch/errand_book.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace seqload::app {

class LabelBook final : public dispatch::ErrandBook {
public:
    // most_contacts: a larger label cannot be read whole. The credentials must outlive
    // the book.
    LabelBook(std::vector<apollo::Label> labels, const apollo::Credentials& credentials,
              std::string user_agent, std::uint64_t most_contacts = apollo::contacts_in_reach);

    std::optional<dispatch::Errand> next() override;
    std::optional<state::Change> sending(const dispatch::Errand& errand, bool retried) override;
    std::optional<state::Change> settle(const dispatch::ErrandEnd& end) override;

    // Why one of them cannot be read whole: then no more pages are asked for, and what
    // was read is of no use. Kinds: unusable_input where trying again does not help,
    // network where it may.
    const std::optional<Error>& trouble() const { return trouble_; }

    struct Contacts {
        std::vector<Id> listed;  // each once, in the order in which they were listed
        std::uint64_t said = 0;  // how many Apollo last said there are; 0: it did not
    };
    // By the label's name, once all have come to their end without trouble.
    std::map<std::string, Contacts> take() &&;

    // How many pages there are, by the counts of the labels.
    std::uint64_t pages() const;

private:
    struct Reading {
        apollo::Label label;
        Contacts contacts;
        std::unordered_set<Id> seen;
        std::uint64_t largest = 0;  // number of contacts that this reading's answers said
        unsigned times = 1;         // that it was begun
    };
    struct Page {
        std::size_t reading = 0;
        std::uint32_t number = 1;
    };

    void take_page(const Page& page, const apollo::ContactPage& answer);
    void go_on(const Page& page, const apollo::ContactPage& answer);
    std::optional<Error> fault_of(const Reading& reading, const apollo::ContactPage& answer) const;
    void give_up(Error error);

    const apollo::Credentials& credentials_;
    std::string user_agent_;
    std::uint64_t most_contacts_;
    std::vector<Reading> readings_;
    std::deque<Page> pages_;
    std::map<std::uint64_t, Page> under_way_;  // by errand
    std::uint64_t last_errand_ = 0;
    std::optional<Error> trouble_;
};

}  // namespace seqload::app
