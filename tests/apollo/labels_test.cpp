#include "seqload/apollo/labels.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_lists.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

TEST_CASE("labels say what they are put on, and how often") {
    const auto labels = read_labels(sample_list("labels.json"));
    REQUIRE(labels);
    REQUIRE(labels->size() == 6);
    CHECK((*labels)[0].modality == "emailer_campaigns");
    CHECK_FALSE((*labels)[0].for_contacts());
    CHECK((*labels)[1] == Label{.id = id_of("66000a1977d36c0000030557"),
                                .name = "Trade fair 2026",
                                .modality = "contacts",
                                .count = 25});
    CHECK((*labels)[1].for_contacts());
    CHECK((*labels)[2].count == 0U);
    CHECK((*labels)[3].name == "Leads & \"more\"");
    CHECK_FALSE((*labels)[3].count);
    CHECK((*labels)[4].name == "Ümläut");
    CHECK((*labels)[4].count == 83U);  // a text, under an id called _id
    CHECK_FALSE((*labels)[5].for_contacts());
}

TEST_CASE("a label of which nothing more is said may be put on contacts") {
    const auto labels = read_labels(R"({"labels": [{"id": "66e9e215ece19801b219997f"}]})");
    REQUIRE(labels);
    CHECK(*labels == std::vector{Label{.id = sequence, .name = "", .modality = ""}});
    CHECK(labels->front().for_contacts());
}

TEST_CASE("a label's name is kept byte for byte") {
    const auto labels =
        read_labels(R"([{"id": "66e9e215ece19801b219997f", "name": "  Trade\tfair\u00a0 "}])");
    REQUIRE(labels);
    CHECK(labels->front().name == "  Trade\tfair\u00a0 ");
}

TEST_CASE("a team without labels has an empty list") {
    CHECK(read_labels("[]")->empty());
}

TEST_CASE("labels: cuts, damage and rubbish") {
    const std::string whole = sample_list("labels.json");
    check_cuts(whole, read_labels);
    check_damage(whole, read_labels);
    check_rubbish(read_labels);
}
