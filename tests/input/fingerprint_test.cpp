#include "seqload/input/fingerprint.hpp"

#include <array>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::input {

TEST_CASE("a fingerprint is known again from its text") {
    CHECK(rc::check([](std::uint64_t high, std::uint64_t low) {
        Fingerprint fingerprint;
        fingerprint.whole = {high, low};
        const std::string text = to_text(fingerprint);
        RC_ASSERT(text.size() == 32U);
        RC_ASSERT(text.find_first_not_of("0123456789abcdef") == std::string::npos);
        RC_ASSERT(parse_whole(text) == fingerprint.whole);
    }));
    Fingerprint small;
    small.whole = {1, 0xab};
    CHECK(to_text(small) == "000000000000000100000000000000ab");
}

TEST_CASE("any other text is no fingerprint") {
    const std::string good(32, 'a');
    REQUIRE(parse_whole(good));
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK_FALSE(parse_whole(good.substr(0, length)));
    CHECK_FALSE(parse_whole(good + "a"));
    for (const char bad : {'A', 'g', ' ', '-', '+', 'x', '\0', '\xff'}) {
        for (std::size_t at = 0; at < good.size(); ++at) {
            std::string text = good;
            text[at] = bad;
            CAPTURE(text);
            CHECK_FALSE(parse_whole(text));
        }
    }
}

}  // namespace seqload::input
