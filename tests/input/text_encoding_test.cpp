#include "seqload/input/text_encoding.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload::input;

namespace {

std::string mended(std::string_view text) {
    MendedText result;
    mend(text, result);
    return result.text;
}

}  // namespace

TEST_CASE("valid UTF-8 ends where RFC 3629 says so") {
    const auto is_valid = [](std::string_view text) {
        return valid_utf8_prefix(text) == text.size();
    };
    CHECK(is_valid("plain ASCII that is longer than a word"));
    CHECK(is_valid("\u00E9\u0800\uFFFF\U00010000\U0010FFFF"));
    CHECK_FALSE(is_valid("\xC0\xAF"));          // overlong
    CHECK_FALSE(is_valid("\xE0\x9F\xBF"));      // overlong
    CHECK_FALSE(is_valid("\xF0\x8F\xBF\xBF"));  // overlong
    CHECK_FALSE(is_valid("\xED\xA0\x80"));      // a surrogate
    CHECK_FALSE(is_valid("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    CHECK_FALSE(is_valid("\x80"));
    CHECK_FALSE(is_valid("\xE2\x82"));
    CHECK(valid_utf8_prefix("abc\xC3\xA9\xFFxyz") == 5);
    CHECK(valid_utf8_prefix("abcdefgh\xFF") == 8);
}

TEST_CASE("each maximal piece of bad UTF-8 becomes one U+FFFD") {
    CHECK(mended("a\xE2\x82z") == "a\uFFFDz");
    CHECK(mended("\xC0\xAF") == "\uFFFD\uFFFD");
    CHECK(mended("\xF0\x9F\x92\xC3\xA9\xFF") == "\uFFFD\u00E9\uFFFD");
    CHECK(mended(std::string_view("a\0b", 3)) == "a\uFFFDb");
    CHECK(mended("\u65E5\u672C") == "\u65E5\u672C");
}

TEST_CASE("a text is cut to a length at the start of a character") {
    CHECK(bounded("abc", 3) == "abc");
    CHECK(bounded("abcd", 3) == "abc");
    CHECK(bounded("ab\u65E5", 4) == "ab");
    CHECK(bounded("ab\u65E5", 5) == "ab\u65E5");
    CHECK(bounded("\u65E5", 0).empty());
}
