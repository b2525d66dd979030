#include "seqload/base/eight_bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload {

namespace {

// With bytes on both sides of every limit, and many that are next to one.
std::string eight_characters() {
    const auto byte = rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::element(' ', '!', '"'));
    return *rc::gen::container<std::string>(sizeof(EightBytes), byte);
}

}  // namespace

TEST_CASE("whether one of eight bytes is less than a limit is said for all eight at once") {
    rc::check([] {
        const std::string text = eight_characters();
        const auto limit = *rc::gen::inRange<unsigned>(1, 0x81);
        const bool any = std::ranges::any_of(
            text, [limit](char c) { return static_cast<unsigned char>(c) < limit; });
        RC_ASSERT((any_below(eight_bytes_at(text.data()), static_cast<std::uint8_t>(limit)) != 0) ==
                  any);
    });
}

TEST_CASE("whether one of eight bytes is a certain one is said for all eight at once") {
    rc::check([] {
        const std::string text = eight_characters();
        const char wanted = *rc::gen::element('"', '\x7f', '\xff', '\0', ',');
        const bool any = text.find(wanted) != std::string::npos;
        RC_ASSERT((any_equal(eight_bytes_at(text.data()), static_cast<std::uint8_t>(wanted)) !=
                   0) == any);
    });
}

TEST_CASE("each of eight bytes is looked at") {
    for (std::size_t place = 0; place < sizeof(EightBytes); ++place) {
        std::string text(sizeof(EightBytes), 'a');
        CHECK(any_equal(eight_bytes_at(text.data()), ',') == 0);
        text[place] = ',';
        CHECK(any_equal(eight_bytes_at(text.data()), ',') != 0);
        CHECK(any_below(eight_bytes_at(text.data()), '-') != 0);
    }
}

}  // namespace seqload
