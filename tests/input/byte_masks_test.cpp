#include "seqload/input/byte_masks.hpp"

#include "seqload/input/separator.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload::input;

TEST_CASE("masks say where separators, line feeds, odd bytes and those beyond ASCII stand") {
    std::string text(ByteMasks::width + 1, 'x');
    text[0] = ';';
    text[1] = '\n';
    text[2] = '"';
    text[3] = '\0';
    text[4] = '\xC3';
    text[63] = ';';
    CHECK(masks_of(text.data(), ';') == ByteMasks{.separators = 1U | std::uint64_t{1} << 63U,
                                                  .line_feeds = 1U << 1U,
                                                  .odd = 3U << 2U,
                                                  .beyond_ascii = 1U << 4U});
}

TEST_CASE("a CR is odd where no LF follows, also behind the last of the bytes") {
    std::string text(ByteMasks::width + 1, 'x');
    text[10] = '\r';
    text[11] = '\n';
    text[20] = '\r';
    text[63] = '\r';
    text[64] = '\n';
    CHECK(masks_of(text.data(), ',').odd == std::uint64_t{1} << 20U);
    text[64] = 'x';
    CHECK(masks_of(text.data(), ',').odd == (std::uint64_t{1} << 20U | std::uint64_t{1} << 63U));
}

TEST_CASE("masks made by vectors are those made byte by byte") {
    CHECK(rc::check([] {
        constexpr std::array telling{',', '\t', '\n', '\r', '"', '\0', 'a', '\x7f', '\x80', '\xff'};
        const auto text = *rc::gen::container<std::string>(
            ByteMasks::width + 1,
            rc::gen::oneOf(rc::gen::elementOf(telling), rc::gen::arbitrary<char>()));
        const char separator = *rc::gen::elementOf(separators);
        RC_ASSERT(masks_of(text.data(), separator) == masks_of_each(text.data(), separator));
    }));
}
