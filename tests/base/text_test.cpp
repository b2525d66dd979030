#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

namespace {

const auto any_bytes = rc::gen::container<std::string>(
    rc::gen::oneOf(rc::gen::arbitrary<char>(),
                   rc::gen::elementOf(std::string(" \t;,\n\x1b\x7f\xc2\x80\x9b\xe2zy"))));

}  // namespace

TEST_CASE("spaces and tabs are trimmed at both ends, nothing else and nowhere else") {
    CHECK(trimmed(" \t a b\t ") == "a b");
    CHECK(trimmed("") == "");
    CHECK(trimmed(" \t") == "");
    CHECK(trimmed("\n a \r") == "\n a \r");
    CHECK(rc::check([] {
        const std::string text = *any_bytes;
        const auto inner = trimmed(text);
        RC_ASSERT(trimmed(inner) == inner);
        const auto start = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
        RC_ASSERT(text.find_first_not_of(" \t", 0) == (inner.empty() ? std::string::npos : start));
        RC_ASSERT(text.find_first_not_of(" \t", start + inner.size()) == std::string::npos);
    }));
}

TEST_CASE("only ASCII letters have a lower case") {
    CHECK(lowered("Apollo Contact ID [@`{]") == "apollo contact id [@`{]");
    CHECK(lowered("\xc3\x84") == "\xc3\x84");  // a capital A with two dots
}

TEST_CASE("texts are equal ignoring case exactly if their lower cases are the same") {
    CHECK(equal_ignoring_case("Retry-After", "retry-AFTER"));
    CHECK_FALSE(equal_ignoring_case("retry", "retry-after"));
    CHECK_FALSE(equal_ignoring_case("@", "`"));
    const auto word = rc::gen::container<std::string>(rc::gen::elementOf(std::string("aAbB@`")));
    CHECK(rc::check([&] {
        const std::string left = *word;
        const std::string right = *word;
        RC_ASSERT(equal_ignoring_case(left, right) == (lowered(left) == lowered(right)));
        RC_ASSERT(equal_ignoring_case(left, lowered(left)));
    }));
}

TEST_CASE("what was split is whole again when put together") {
    CHECK(split("a;b;", ';') == std::vector<std::string_view>{"a", "b", ""});
    CHECK(split("", ';') == std::vector<std::string_view>{""});
    CHECK(rc::check([] {
        const std::string text = *any_bytes;
        const auto parts = split(text, ';');
        std::string together(parts.front());
        for (std::size_t i = 1; i < parts.size(); ++i)
            together += ';' + std::string(parts[i]);
        RC_ASSERT(together == text);
        for (const auto part : parts)
            RC_ASSERT(part.find(';') == std::string_view::npos);
    }));
}

TEST_CASE("numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'000) == "1,000");
    CHECK(grouped(1'234'567) == "1,234,567");
    CHECK(grouped(~std::uint64_t{0}) == "18,446,744,073,709,551,615");
}

TEST_CASE("one is counted in the singular, all others in the plural") {
    CHECK(counted(0, "row") == "0 rows");
    CHECK(counted(1, "row") == "1 row");
    CHECK(counted(2, "row") == "2 rows");
    CHECK(counted(1'234, "row") == "1,234 rows");
}

TEST_CASE("what would drive a terminal is made visible") {
    CHECK(printable("a\tb\r\n") == "a\\tb\\r\\n");
    CHECK(printable("\x1b[2J") == "\\x1b[2J");
    CHECK(printable(std::string("\0\x7f", 2)) == "\\x00\\x7f");
    CHECK(printable("\xc2\x9b"
                    "2J") == "\\x9b2J");  // U+009B, another ESC [
    CHECK(printable("\x9b"
                    "2J") == "\\x9b2J");  // and as a bare byte
}

TEST_CASE("text in any script is left as it is") {
    for (const char* text : {"plain", "M\xc3\xbcller", "\xe6\x97\xa5\xe6\x9c\xac",
                             "\xf0\x9f\x93\xa7", "\xc2\xa0", "\xef\xbf\xbd", "\xf4\x8f\xbf\xbf"})
        CHECK(printable(text) == text);
}

TEST_CASE("bytes that are no UTF-8 are made visible") {
    CHECK(printable("\xff") == "\\xff");
    CHECK(printable("a\xc3") == "a\\xc3");
    CHECK(printable("\xc3(") == "\\xc3(");
    CHECK(printable("\xe2\x82") == "\\xe2\\x82");
    CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");                    // longer than need be
    CHECK(printable("\xe0\x80\xaf") == "\\xe0\\x80\\xaf");           // likewise
    CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // a surrogate
    CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
}

TEST_CASE("what turns the direction of writing is made visible, letters of either direction stay") {
    CHECK(printable("\xe2\x80\xaeVIP\xe2\x80\xac") == "\\u202eVIP\\u202c");
    CHECK(printable("\xe2\x81\xa6\xe2\x81\xa9") == "\\u2066\\u2069");
    CHECK(printable("\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c") == "\\u200e\\u200f\\u061c");
    CHECK(printable("\xe2\x80\xa8\xe2\x80\xa9") == "\\u2028\\u2029");
    // Next to them: a joiner, a hyphen, a narrow space, a function mark, an Arabic semicolon.
    for (const char* text :
         {"\xe2\x80\x8d", "\xe2\x80\x90", "\xe2\x80\xaf", "\xe2\x81\xa5", "\xd8\x9b",
          "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"})
        CHECK(printable(text) == text);
}

TEST_CASE("nothing printable drives a terminal, and it stays as it is when made printable again") {
    CHECK(rc::check([] {
        const std::string shown = printable(*any_bytes);
        RC_ASSERT(std::ranges::none_of(shown, [](char letter) {
            const auto byte = static_cast<unsigned char>(letter);
            return byte < 0x20 || byte == 0x7f;
        }));
        for (std::size_t i = shown.find('\xc2'); i < shown.size(); i = shown.find('\xc2', i + 1))
            RC_ASSERT(static_cast<unsigned char>(shown[i + 1]) >= 0xa0);  // no C1 control
        RC_ASSERT(printable(shown) == shown);
    }));
}
