#include "seqload/model/stand_in.hpp"

#include <cstdint>
#include <limits>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

TEST_CASE("each number has a stand-in of its own, and it is known as one") {
    CHECK(stand_in(0).text() == "ffffffff0000000000000000");
    CHECK(stand_in(0x0123456789abcdefU).text() == "ffffffff0123456789abcdef");
    CHECK(stand_in(std::numeric_limits<std::uint64_t>::max()).text() == "ffffffffffffffffffffffff");
    CHECK(rc::check([](std::uint64_t one, std::uint64_t other) {
        RC_ASSERT(is_stand_in(stand_in(one)));
        RC_ASSERT((stand_in(one) == stand_in(other)) == (one == other));
    }));
}

TEST_CASE("an id that was made before the last moment of all is no stand-in") {
    CHECK_FALSE(is_stand_in(Id()));
    CHECK_FALSE(is_stand_in(*Id::parse("66e9e215ece19801b2199901")));
    CHECK_FALSE(is_stand_in(*Id::parse("fffffffeffffffffffffffff")));
    CHECK_FALSE(is_stand_in(*Id::parse("7fffffffffffffffffffffff")));
}
