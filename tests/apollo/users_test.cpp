#include "seqload/apollo/users.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_lists.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

TEST_CASE("a page of users names them, and counts its pages in texts") {
    const auto page = read_users(sample_list("users.json"));
    REQUIRE(page);
    REQUIRE(page->users.size() == 3);
    CHECK(page->users[0] == User{.id = id_of("66000a2277d36c0000041bbe"),
                                 .email = "cy.castillo@mail.example.com",
                                 .name = "",
                                 .deleted = false});
    CHECK(page->users[1].name == "Bo Bianchi");  // from its parts
    CHECK(page->users[2].name == "Cy Castillo");
    CHECK(page->users[2].deleted);
    CHECK(page->pagination == Pagination{.page = 1, .total_pages = 8, .total_entries = 23});
}

TEST_CASE("a user needs no more than an id") {
    const auto page = read_users(
        R"({"users": [{"id": "66302798d03b9601c7934ebf", "email": null, "first_name": "Ada"}],
            "pagination": {"page": "8", "total_pages": 8}})");
    REQUIRE(page);
    CHECK(page->users == std::vector{User{.id = user, .email = "", .name = "Ada"}});
    CHECK_FALSE(page->pagination.next());
}

TEST_CASE("users without the number of their pages are not taken for all") {
    CHECK_FALSE(read_users(R"({"users": [{"id": "66302798d03b9601c7934ebf"}]})"));
}

TEST_CASE("users: cuts, damage and rubbish") {
    const std::string whole = sample_list("users.json");
    check_cuts(whole, read_users);
    check_damage(whole, read_users);
    check_rubbish(read_users);
}
