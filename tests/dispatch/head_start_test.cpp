#include "seqload/dispatch/head_start.hpp"

#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

// Commits from `first` on, each with so many answers while it is under way.
void commit(HeadStart& head_start, std::uint64_t first, std::uint64_t commits, unsigned answers) {
    for (std::uint64_t number = first; number < first + commits; ++number) {
        for (unsigned i = 0; i < answers; ++i)
            head_start.answered(number);
    }
}

}  // namespace

TEST_CASE("nothing is written down ahead while answers come between commits") {
    HeadStart head_start(8);
    for (int i = 0; i < 1000; ++i)
        head_start.answered(std::nullopt);
    CHECK(head_start.departures() == 0);
}

TEST_CASE("now and then an answer during a commit gives nobody a head start") {
    HeadStart head_start(8);
    for (std::uint64_t number = 1; number < 10'000; number += 10)
        head_start.answered(number);
    CHECK(head_start.departures() == 0);
}

TEST_CASE("as many are written down ahead as answers come during a commit") {
    HeadStart head_start(8);
    commit(head_start, 0, 3, 6);
    CHECK(head_start.departures() < 4);  // it takes a while to be believed
    commit(head_start, 3, 50, 6);
    CHECK(head_start.departures() == 6);
}

TEST_CASE("no more are written down ahead than may be") {
    HeadStart head_start(8);
    commit(head_start, 1, 50, 40);
    CHECK(head_start.departures() == 8);
}

TEST_CASE("the head start is lost when answers become slower than the disk") {
    HeadStart head_start(8);
    commit(head_start, 1, 50, 6);
    head_start.answered(100);
    CHECK(head_start.departures() == 0);
}

}  // namespace seqload::dispatch
