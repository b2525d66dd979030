#include "seqload/apollo/label_contacts.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_lists.hpp"
#include "seqload/apollo/add_answer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using nlohmann::json;

namespace {

std::string page_with(const std::string& contacts) {
    return R"({"contacts": )" + contacts + R"(, "pagination": {"page": 2, "total_pages": 2}})";
}

}  // namespace

TEST_CASE("of a page of contacts the ids are kept, and no ids of other things") {
    const auto page = read_label_contacts(sample_list("contacts.json"));
    REQUIRE(page);
    CHECK(page->contacts ==
          std::vector{id_of("66000a3377d36c000006299d"), id_of("66000a3d77d36c0000075ef3")});
    CHECK(page->unreadable == 0);
    CHECK_FALSE(page->partial);
    CHECK(page->pagination == Pagination{.page = 1, .total_pages = 89, .total_entries = 178});
}

TEST_CASE("whoever is listed by nothing that is an id is counted") {
    const auto page = read_label_contacts(page_with(
        R"([{"id": "66e34b81740c50074e000001"}, {"name": "nobody"}, {"id": null}, {"id": "x"},
            [{"id": "66e34b81740c50074e000002"}], null, true, "66e34b81740c50074e000003"])"));
    REQUIRE(page);
    CHECK(page->contacts == std::vector{contact(1), contact(3)});
    CHECK(page->unreadable == 6);
}

TEST_CASE("an id of one contact is not the id of the next, which has none") {
    const auto page = read_label_contacts(page_with(R"([{"id": "66e34b81740c50074e000001"}, {}])"));
    REQUIRE(page);
    CHECK(page->contacts == std::vector{contact(1)});
    CHECK(page->unreadable == 1);
}

TEST_CASE("a search that was cut short says so") {
    const auto page = read_label_contacts(
        R"({"partial_results_only": true, "contacts": [],
            "pagination": {"page": "1", "per_page": "100", "total_entries": "150"}})");
    REQUIRE(page);
    CHECK(page->partial);
    CHECK(page->pagination == Pagination{.page = 1, .total_pages = 2, .total_entries = 150});
}

TEST_CASE("without the list or without the number of its pages it is no page") {
    CHECK_FALSE(read_label_contacts(R"({"pagination": {"page": 1, "total_pages": 1}})"));
    CHECK_FALSE(
        read_label_contacts(R"({"contacts": {}, "pagination": {"page": 1, "total_pages": 1}})"));
    CHECK_FALSE(read_label_contacts(R"({"contacts": []})"));
    CHECK_FALSE(read_label_contacts(R"({"contacts": [], "pagination": [1, 1]})"));
    // Another object's numbers are not the page's.
    CHECK_FALSE(read_label_contacts(
        R"({"contacts": [{"pagination": {"page": 1, "total_pages": 1}}], "more":
            {"pagination": {"page": 1, "total_pages": 1}}})"));
}

TEST_CASE("a contact may be nested as deep as an answer may, and no deeper") {
    const auto nested = [](std::size_t depth) {
        return page_with("[{\"x\": " + std::string(depth, '[') + std::string(depth, ']') +
                         ", \"id\": \"66e34b81740c50074e000001\"}]");
    };
    // The answer, its list and the contact are three levels.
    CHECK(read_label_contacts(nested(answer_depth_limit - 3)));
    const auto deeper = read_label_contacts(nested(answer_depth_limit - 2));
    REQUIRE_FALSE(deeper);
    CHECK(deeper.error() == "JSON nested deeper than 64 levels");
}

TEST_CASE("any contacts come back in their order, whatever else is said of them") {
    CHECK(rc::check([] {
        const auto numbers = *rc::gen::container<std::vector<std::uint32_t>>(
            rc::gen::inRange<std::uint32_t>(0, 1'000'000));
        json answer{{"contacts", json::array()}, {"pagination", {{"page", 1}, {"total_pages", 1}}}};
        std::vector<Id> wanted;
        for (const std::uint32_t number : numbers) {
            wanted.push_back(contact(number));
            json one{{"name", *rc::gen::arbitrary<int>()},
                     {"account", {{"id", contact(number + 1).text()}}},
                     {"contacts", {{{"id", contact(number + 2).text()}}}}};
            one["id"] = contact(number).text();
            answer["contacts"].push_back(std::move(one));
        }
        const auto page = read_label_contacts(answer.dump());
        RC_ASSERT(page.has_value());
        RC_ASSERT(page->contacts == wanted);
        RC_ASSERT(page->unreadable == 0U);
    }));
}

TEST_CASE("a page of contacts: cuts, damage and rubbish") {
    const std::string whole = sample_list("contacts.json");
    check_cuts(whole, read_label_contacts);
    check_damage(whole, read_label_contacts);
    check_rubbish(read_label_contacts);
}
