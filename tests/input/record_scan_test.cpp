#include "seqload/input/record_scan.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload::input;

TEST_CASE("a scan that is fed in any portions ends where one in a single piece ends") {
    CHECK(rc::check([] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::elementOf(std::string("\"\",,\r\nab")));
        const auto cut = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
        RecordScan whole;
        advance(whole, text + "\n", ',');
        RecordScan parts;
        advance(parts, std::string_view(text).substr(0, cut), ',', true);
        advance(parts, text + "\n", ',', true);
        advance(parts, text + "\n", ',');
        RC_ASSERT(parts.next == whole.next);
        RC_ASSERT(parts.end == whole.end);
        RC_ASSERT(parts.first_break == whole.first_break);
        RC_ASSERT(parts.irregular == whole.irregular);
        RC_ASSERT(parts.state == whole.state);
    }));
}

TEST_CASE("a CR at the end of what is known is left until it is known whether a LF follows") {
    RecordScan scan;
    advance(scan, "a\r", ',');
    CHECK_FALSE(scan.is_complete());
    advance(scan, "a\r\nb", ',');
    CHECK(scan.end == 1);
    CHECK(scan.next == 3);
}

TEST_CASE("what the parser would read otherwise is irregular") {
    const auto is_irregular = [](std::string_view text) {
        RecordScan scan;
        advance(scan, text, ',');
        return scan.irregular;
    };
    CHECK_FALSE(is_irregular("a,\"b\",\"c\"\"d\",\"\"\n"));
    CHECK(is_irregular("5\" pipe\n"));
    CHECK(is_irregular("\"a\"b\n"));
    CHECK(is_irregular("\"a\" ,b\n"));
    CHECK(is_irregular(" \"a\"\n"));
    CHECK(is_irregular("\"a\nb\"\n"));
}
