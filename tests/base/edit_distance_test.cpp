#include "seqload/base/edit_distance.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

TEST_CASE("the distance counts insertions, deletions, replacements and swaps") {
    CHECK(edit_distance("contact", "contact", 3) == 0);
    CHECK(edit_distance("contact", "contat", 3) == 1);
    CHECK(edit_distance("contact", "contacts", 3) == 1);
    CHECK(edit_distance("contact", "cantact", 3) == 1);
    CHECK(edit_distance("contact", "conatct", 3) == 1);
    CHECK(edit_distance("", "ab", 3) == 2);
    CHECK(edit_distance("contact", "mailbox", 3) == 4);
}

TEST_CASE("more than the most that is asked for is one more than that") {
    CHECK(edit_distance("abcd", "wxyz", 0) == 1);
    CHECK(edit_distance("abcd", "wxyz", 2) == 3);
    CHECK(edit_distance("abcd", "wxyz", 4) == 4);
    CHECK(edit_distance("a", "abcdefgh", 2) == 3);
}

TEST_CASE("the distance is the same both ways, and 0 only between the same texts") {
    CHECK(rc::check([] {
        const auto word = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
        const std::string left = *word;
        const std::string right = *word;
        const std::size_t distance = edit_distance(left, right, 100);
        RC_ASSERT(distance == edit_distance(right, left, 100));
        RC_ASSERT((distance == 0) == (left == right));
        RC_ASSERT(distance <= std::max(left.size(), right.size()));
    }));
}
