#include "seqload/app/label_book.hpp"

#include "app/team_fixture.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::app {

using namespace test_team;

namespace {

using nlohmann::json;

apollo::Label label(std::uint8_t number, std::string name, std::uint64_t count = 3) {
    return {.id = id(number), .name = std::move(name), .modality = "contacts", .count = count};
}

struct LabelBookFixture {
    apollo::Credentials credentials = *apollo::Credentials::key("a-key");

    LabelBook book(std::vector<apollo::Label> labels,
                   std::uint64_t most = apollo::contacts_in_reach) {
        return {std::move(labels), credentials, "agent", most};
    }
};

// What an errand asks for: "31 page 2".
std::string asked(const dispatch::Errand& errand) {
    const json body = json::parse(errand.request.body);
    CHECK(errand.request.target == "/api/v1/contacts/search");
    CHECK(body.at("per_page") == 100);
    return std::to_string(
               Id::parse(body.at("contact_label_ids").at(0).get<std::string>())->bytes().back()) +
           " page " + body.at("page").dump();
}

std::string page_of(const std::vector<std::uint8_t>& contacts, std::uint32_t pages,
                    std::uint64_t total) {
    json body{{"contacts", json::array()},
              {"pagination",
               {{"page", 1}, {"per_page", 100}, {"total_pages", pages}, {"total_entries", total}}}};
    for (const std::uint8_t contact : contacts)
        body["contacts"].push_back({{"id", id(contact).text()}});
    return body.dump();
}

std::optional<state::Change> answer(LabelBook& book, const dispatch::Errand& errand,
                                    const std::string& body) {
    return book.settle({.number = errand.number,
                        .answered = true,
                        .http_status = 200,
                        .body = body,
                        .message = {},
                        .attempts = 1,
                        .request_id = {},
                        .at = {}});
}

void refuse(LabelBook& book, const dispatch::Errand& errand, unsigned http_status) {
    CHECK(book.settle({.number = errand.number,
                       .answered = false,
                       .http_status = http_status,
                       .body = {},
                       .message = "it broke",
                       .attempts = 5,
                       .request_id = {},
                       .at = {}}));
}

// Answers one page after another; what was asked for.
std::vector<std::string> read_all(LabelBook& book, const std::vector<std::string>& answers) {
    std::vector<std::string> pages;
    for (const std::string& body : answers) {
        const auto errand = book.next();
        REQUIRE(errand);
        pages.push_back(asked(*errand));
        REQUIRE(answer(book, *errand, body));
    }
    CHECK_FALSE(book.next());
    return pages;
}

std::vector<Id> ids(const std::vector<std::uint8_t>& numbers) {
    std::vector<Id> made;
    for (const std::uint8_t number : numbers)
        made.push_back(id(number));
    return made;
}

}  // namespace

TEST_CASE_FIXTURE(LabelBookFixture,
                  "the pages of a label are asked for one after another, to the last") {
    LabelBook vip = book({label(31, "VIP")});
    CHECK(read_all(vip, {page_of({1, 2}, 3, 5), page_of({3, 4}, 3, 5), page_of({5}, 3, 5)}) ==
          std::vector<std::string>{"31 page 1", "31 page 2", "31 page 3"});
    CHECK_FALSE(vip.trouble());
    const auto all = std::move(vip).take();
    CHECK(all.at("VIP").listed == ids({1, 2, 3, 4, 5}));
    CHECK(all.at("VIP").said == 5);
}

TEST_CASE_FIXTURE(LabelBookFixture,
                  "several labels are asked for at the same time, and kept apart") {
    LabelBook both = book({label(31, "VIP"), label(32, "Press")});
    const auto vip = both.next();
    const auto press = both.next();
    REQUIRE((vip && press));
    CHECK_FALSE(both.next());
    CHECK(asked(*press) == "32 page 1");
    REQUIRE(answer(both, *press, page_of({1}, 1, 1)));
    REQUIRE(answer(both, *vip, page_of({1, 2}, 1, 2)));
    CHECK_FALSE(both.next());
    const auto all = std::move(both).take();
    CHECK(all.at("VIP").listed == ids({1, 2}));
    CHECK(all.at("Press").listed == ids({1}));
}

TEST_CASE_FIXTURE(LabelBookFixture,
                  "a label that grows is read to its new end, whoever comes twice once") {
    LabelBook vip = book({label(31, "VIP")});
    // Contact 9 is older than those on page 2, and has just got the label.
    CHECK(read_all(vip, {page_of({1, 2}, 2, 4), page_of({2, 3}, 3, 5), page_of({4}, 3, 4 + 1),
                         page_of({1, 9}, 3, 5), page_of({2, 3}, 3, 5), page_of({4}, 3, 5)}) ==
          std::vector<std::string>{"31 page 1", "31 page 2", "31 page 3", "31 page 1", "31 page 2",
                                   "31 page 3"});
    CHECK(std::move(vip).take().at("VIP").listed == ids({1, 2, 3, 4, 9}));
}

TEST_CASE_FIXTURE(LabelBookFixture, "a label that shrinks is read once more, and no more often") {
    LabelBook vip = book({label(31, "VIP")});
    // While page 1 was read, 1 lost the label: 3 slipped onto page 1 unseen.
    const auto pages = read_all(
        vip, {page_of({1, 2}, 2, 4), page_of({4}, 2, 3), page_of({2, 3}, 2, 3), page_of({}, 1, 2)});
    CHECK(pages.size() == 4);
    CHECK(pages.back() == "31 page 2");
    CHECK(std::move(vip).take().at("VIP").listed == ids({1, 2, 4, 3}));
}

TEST_CASE_FIXTURE(LabelBookFixture,
                  "a label that nobody carries has been read with its first page") {
    LabelBook nobody = book({label(31, "Nobody", 0)});
    CHECK(nobody.pages() == 1);
    CHECK(read_all(nobody, {page_of({}, 0, 0)}).size() == 1);
    CHECK(std::move(nobody).take().at("Nobody").listed.empty());
}

TEST_CASE_FIXTURE(LabelBookFixture, "what Apollo counts and does not list is told") {
    LabelBook vip = book({label(31, "VIP")});
    read_all(vip, {page_of({1, 2}, 1, 3), page_of({1, 2}, 1, 3)});
    const auto contacts = std::move(vip).take().at("VIP");
    CHECK(contacts.listed.size() == 2);
    CHECK(contacts.said == 3);
}

TEST_CASE_FIXTURE(LabelBookFixture, "a label is read up to the limit, and not beyond") {
    LabelBook at_limit = book({label(31, "VIP")}, 3);
    read_all(at_limit, {page_of({1, 2, 3}, 1, 3)});
    CHECK_FALSE(at_limit.trouble());

    LabelBook beyond = book({label(31, "VIP"), label(32, "Press")}, 3);
    const auto errand = beyond.next();
    REQUIRE(answer(beyond, *errand, page_of({1, 2, 3}, 2, 4)));
    REQUIRE(beyond.trouble());
    CHECK(to_string(*beyond.trouble())
              .find("label \"VIP\" has 4 contacts, and no more than 3 can be read") !=
          std::string::npos);
    CHECK(beyond.trouble()->kind == ErrorKind::unusable_input);
    CHECK_FALSE(beyond.next());  // "Press" is not asked for any more
}

TEST_CASE_FIXTURE(LabelBookFixture,
                  "the number of pages is a limit where contacts are not counted") {
    LabelBook vip = book({label(31, "VIP")});
    REQUIRE(answer(vip, *vip.next(), page_of({1}, apollo::contact_pages_limit, 0)));
    CHECK_FALSE(vip.trouble());
    REQUIRE(answer(vip, *vip.next(), page_of({1}, apollo::contact_pages_limit + 1, 0)));
    REQUIRE(vip.trouble());
    CHECK(vip.trouble()->what.find("50,001 contacts") != std::string::npos);
}

TEST_CASE_FIXTURE(LabelBookFixture,
                  "who cannot be read, or is not listed, keeps the label from being sent") {
    LabelBook cut = book({label(31, "VIP")});
    json partial = json::parse(page_of({1}, 1, 1));
    partial["partial_results_only"] = true;
    REQUIRE(answer(cut, *cut.next(), partial.dump()));
    REQUIRE(cut.trouble());
    CHECK(cut.trouble()->what == "Apollo lists only a part of the contacts of label \"VIP\"");

    LabelBook nameless = book({label(31, "VIP")});
    json unreadable = json::parse(page_of({1}, 1, 2));
    unreadable["contacts"].push_back({{"name", "nobody"}});
    REQUIRE(answer(nameless, *nameless.next(), unreadable.dump()));
    REQUIRE(nameless.trouble());
    CHECK(nameless.trouble()->what.starts_with("1 contact of label \"VIP\" cannot be read"));
}

TEST_CASE_FIXTURE(LabelBookFixture, "what is no page is asked for again; a refusal ends it all") {
    LabelBook vip = book({label(31, "VIP"), label(32, "Press")});
    const auto errand = vip.next();
    CHECK_FALSE(answer(vip, *errand, "{}"));
    refuse(vip, *errand, 422);
    REQUIRE(vip.trouble());
    CHECK(vip.trouble()->kind == ErrorKind::unusable_input);
    CHECK_FALSE(vip.next());

    LabelBook down = book({label(31, "VIP")});
    refuse(down, *down.next(), 503);
    CHECK(down.trouble()->kind == ErrorKind::network);
}

TEST_CASE_FIXTURE(LabelBookFixture, "pages are counted by what the labels' counts say") {
    CHECK(book({label(31, "VIP", 100), label(32, "Press", 101)}).pages() == 3);
    apollo::Label unknown = label(33, "New");
    unknown.count.reset();
    CHECK(book({unknown}).pages() == 1);
}

}  // namespace seqload::app
