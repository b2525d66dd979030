#include "seqload/state/team_list.hpp"

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

const TeamListKey sequences{
    .api_url = "https://api.apollo.io", .team = "a1b2c3d4", .list = "sequences"};

}  // namespace

TEST_CASE("a team's list is kept until it is read again, also for other processes") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(directory.path() / "state.db");
    CHECK(must(store->remembered_list(sequences)) == std::nullopt);
    must(store->remember_list(sequences, {.content = "[1]", .read_at = at(1)}));
    must(store->remember_list(sequences, {.content = "[2]", .read_at = at(2)}));
    const auto another = open_store(directory.path() / "state.db");
    CHECK(must(another->remembered_list(sequences)) ==
          TeamList{.content = "[2]", .read_at = at(2)});
}

TEST_CASE("an answer that comes late does not take the place of a newer one") {
    const auto store = must(Store::open_in_memory());
    must(store->remember_list(sequences, {.content = "new", .read_at = at(9)}));
    must(store->remember_list(sequences, {.content = "old", .read_at = at(3)}));
    CHECK(must(store->remembered_list(sequences))->content == "new");
}

TEST_CASE("lists of other teams, hosts and kinds are other lists") {
    const auto store = must(Store::open_in_memory());
    must(store->remember_list(sequences, {.content = "[]", .read_at = at(1)}));
    TeamListKey other = sequences;
    other.team = "another";
    CHECK_FALSE(must(store->remembered_list(other)));
    other = sequences;
    other.api_url = "https://localhost:8443";
    CHECK_FALSE(must(store->remembered_list(other)));
    other = sequences;
    other.list = "users";
    CHECK_FALSE(must(store->remembered_list(other)));
}

}  // namespace seqload::state
