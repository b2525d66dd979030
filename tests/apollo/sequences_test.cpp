#include "seqload/apollo/sequences.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_lists.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

TEST_CASE("a page of sequences says which can work, and how many pages there are") {
    const auto page = read_sequences(sample_list("sequences.json"));
    REQUIRE(page);
    REQUIRE(page->sequences.size() == 3);
    CHECK(page->sequences[0] == Sequence{.id = id_of("66000a0077d36c0000000000"),
                                         .name = "Spring in Dublin",
                                         .active = false,
                                         .archived = false,
                                         .steps = 3});
    CHECK(page->sequences[1] == Sequence{.id = id_of("66000a0f77d36c000001d001"),
                                         .name = "Renewal \"2026\", Zürich",
                                         .active = true,
                                         .archived = false,
                                         .steps = std::nullopt});
    CHECK(page->sequences[2] == Sequence{.id = id_of("66000a1077d36c000001eef0"),
                                         .name = "Old",
                                         .active = false,
                                         .archived = true,
                                         .steps = 5});
    CHECK(page->pagination == Pagination{.page = 1, .total_pages = 3, .total_entries = 7});
    CHECK(page->pagination.next() == 2U);
}

TEST_CASE("a sequence of which little is said is taken to work") {
    const auto page = read_sequences(
        R"({"emailer_campaigns": [{"id": "66E9E215ECE19801B219997F", "active": null}],
            "pagination": {"page": 1, "total_pages": 1}})");
    REQUIRE(page);
    CHECK(page->sequences == std::vector{Sequence{.id = sequence, .name = ""}});
    CHECK_FALSE(page->pagination.next());
}

TEST_CASE("flags may be words or numbers, and ids may be called _id") {
    const auto page = read_sequences(
        R"({"emailer_campaigns": [{"_id": "66e9e215ece19801b219997f", "active": "False",
            "archived": 1, "num_steps": " 4 "}], "pagination": {"total_pages": "1"}})");
    REQUIRE(page);
    CHECK(page->sequences ==
          std::vector{
              Sequence{.id = sequence, .name = "", .active = false, .archived = true, .steps = 4}});
}

TEST_CASE("who has no id is passed over; a list of nothing else is not understood") {
    const std::string_view rest = R"(], "pagination": {"page": 1, "total_pages": 1}})";
    const std::string nobody = R"({"emailer_campaigns": [{"name": "A"}, {"id": 3}, "B", null)";
    CHECK_FALSE(read_sequences(nobody + std::string(rest)));
    const auto page =
        read_sequences(nobody + R"(, {"id": "66e9e215ece19801b219997f"})" + std::string(rest));
    REQUIRE(page);
    CHECK(page->sequences.size() == 1);
    const auto empty = read_sequences(R"({"emailer_campaigns": [)" + std::string(rest));
    REQUIRE(empty);
    CHECK(empty->sequences.empty());
}

TEST_CASE("a page that does not say how many there are is not taken for the whole") {
    for (const std::string pagination :
         {"", R"(, "pagination": null)", R"(, "pagination": {})", R"(, "pagination": {"page": 1})",
          R"(, "pagination": {"total_pages": 2})", R"(, "pagination": {"total_entries": 5})",
          R"(, "pagination": {"page": -1, "total_pages": -1})"}) {
        CAPTURE(pagination);
        CHECK_FALSE(read_sequences(R"({"emailer_campaigns": [])" + pagination + "}"));
    }
}

TEST_CASE("the number of pages is worked out where only the number of entries is said") {
    const auto pages = [](const std::string& pagination) {
        return read_sequences(R"({"emailer_campaigns": [], "pagination": )" + pagination + "}")
            ->pagination;
    };
    CHECK(pages(R"({"page": 1, "per_page": 100, "total_entries": 200})").total_pages == 2);
    CHECK(pages(R"({"page": 1, "per_page": "100", "total_entries": "201"})").total_pages == 3);
    CHECK(pages(R"({"page": 1, "per_page": 100, "total_entries": 0})").total_pages == 0);
    CHECK_FALSE(pages(R"({"page": 1, "per_page": 100, "total_entries": 0})").next());
    CHECK(pages(R"({"page": 1, "per_page": 100, "total_entries": 18446744073709551615})")
              .total_pages == 1'000'000'000);
}

TEST_CASE("sequences: cuts, damage and rubbish") {
    const std::string whole = sample_list("sequences.json");
    check_cuts(whole, read_sequences);
    check_damage(whole, read_sequences);
    check_rubbish(read_sequences);
}
