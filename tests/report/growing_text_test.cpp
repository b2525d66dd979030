#include "seqload/report/growing_text.hpp"

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

using seqload::report::GrowingText;

TEST_CASE("text is kept while its memory grows") {
    GrowingText text;
    std::string expected;
    for (std::size_t size = 0; size < 400; ++size) {
        const std::string part(size, static_cast<char>('a' + size % 26));
        text.append(part);
        text.append('-');
        expected += part + "-";
        REQUIRE(text.text() == expected);
    }
    text.clear();
    CHECK(text.size() == 0);
    text.append("again");
    CHECK(text.text() == "again");
}

TEST_CASE("only what was kept of the room is text") {
    GrowingText text;
    char* const room = text.room(3);
    room[0] = 'a';
    room[1] = 'b';
    text.keep(1);
    CHECK(text.text() == "a");
}

TEST_CASE("texts change places with all that they have") {
    GrowingText one;
    GrowingText other;
    one.append("one");
    one.swap(other);
    CHECK(one.text().empty());
    CHECK(other.text() == "one");
    one.append("two");
    CHECK(one.text() == "two");
}
