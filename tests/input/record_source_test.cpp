#include "seqload/input/record_source.hpp"

#include "input/records_of.hpp"
#include "seqload/base/joined.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload::input;
using seqload::joined;
using seqload::test::records_of;
using seqload::test::SeenRecord;
using Seen = std::vector<SeenRecord>;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t time = 0; time < times; ++time)
        all += text;
    return all;
}

// The problems alone, as one word.
std::string problems(const Seen& records) {
    std::string word;
    for (const SeenRecord& record : records)
        word += record.problem;
    return word;
}

}  // namespace

TEST_CASE("records end at LF, CRLF, a lone CR and the end of the file") {
    CHECK(records_of("a,b\nc,d\r\ne,f\rg,h") == Seen{{1, '-', {"a", "b"}},
                                                     {2, '-', {"c", "d"}},
                                                     {3, '-', {"e", "f"}},
                                                     {4, '-', {"g", "h"}}});
    CHECK(records_of("a\r") == Seen{{1, '-', {"a"}}});
    CHECK(records_of("").empty());
}

TEST_CASE("a line break within quotes belongs to the cell, byte for byte") {
    CHECK(records_of("\"a\nb\",1\n\"c\r\nd\",2\r\n\"e\rf\",3\r4,5\n") ==
          Seen{{1, '-', {"a\nb", "1"}},
               {3, '-', {"c\r\nd", "2"}},
               {5, '-', {"e\rf", "3"}},
               {7, '-', {"4", "5"}}});
}

TEST_CASE("blank lines are no records, but they count as lines") {
    CHECK(records_of("\n  \na\n\t \n\r\nb\n\n") == Seen{{3, '-', {"a"}}, {6, '-', {"b"}}});
    CHECK(records_of("\"\"\n") == Seen{{1, '-', {""}}});
    CHECK(records_of("\t\n", '\t') == Seen{{1, '-', {"", ""}}});
}

TEST_CASE("spaces around a cell are taken off outside quotes and kept inside") {
    CHECK(records_of(" a\t, b c ,\" d \", , \" \" \n") ==
          Seen{{1, '-', {"a", "b c", " d ", "", "\" \""}}});
    CHECK(records_of("\" x \" ,\" y\"\t\n") == Seen{{1, '-', {" x ", " y"}}});
    CHECK(records_of(" a \t b\t\" c \" \n", '\t') == Seen{{1, '-', {"a", "b", " c "}}});
}

TEST_CASE("a quote means something only at the start of a cell") {
    CHECK(records_of("5\" pipe,6\" pipe\n\"a\"b,\"c\"\"d\"\n") ==
          Seen{{1, '-', {"5\" pipe", "6\" pipe"}}, {2, '-', {"ab", "c\"d"}}});
}

TEST_CASE("each of the four separators cuts, and only the one that is in force") {
    for (const char separator : {',', ';', '\t', '|'}) {
        CAPTURE(separator);
        const std::string line = std::string("a") + separator + "b,;|c" + separator + "d";
        if (separator == '\t')
            CHECK(records_of(line, separator) == Seen{{1, '-', {"a", "b,;|c", "d"}}});
        CHECK(records_of(std::string("a") + separator + '"' + separator + "\"\n", separator) ==
              Seen{{1, '-', {"a", std::string(1, separator)}}});
    }
}

TEST_CASE("an unclosed quote costs its record's first line and nothing more") {
    CHECK(records_of("a,b\nc,\"d\ne,f\ng,h\n") == Seen{{1, '-', {"a", "b"}},
                                                       {2, 'q', {"c", "d"}},
                                                       {3, '-', {"e", "f"}},
                                                       {4, '-', {"g", "h"}}});
    CHECK(records_of("a,\"b") == Seen{{1, 'q', {"a", "b"}}});
}

TEST_CASE("an unclosed quote before far more than a record's length is still unclosed") {
    const Seen records = records_of("x,\"y\n" + repeated("0123456789,abc\n", 500'000));
    REQUIRE(records.size() == 500'001);
    CHECK(records[0] == SeenRecord{1, 'q', {"x", "y"}});
    CHECK(records[1] == SeenRecord{2, '-', {"0123456789", "abc"}});
    CHECK(records.back() == SeenRecord{500'001, '-', {"0123456789", "abc"}});
}

TEST_CASE("a record of exactly 1 MiB is fine and one byte more is too long") {
    const std::string longest(most_record_bytes, 'x');
    for (const std::string line_break : {"\n", "\r\n", "\r"}) {
        CAPTURE(line_break);
        CHECK(records_of(joined(longest, line_break, "a\n")) ==
              Seen{{1, '-', {longest}}, {2, '-', {"a"}}});
        const Seen records = records_of(joined("b\n", longest, "x", line_break, "a\n"));
        CHECK(problems(records) == "-l-");
        CHECK(records[1].line == 2);
        CHECK(records[2] == SeenRecord{3, '-', {"a"}});
    }
    CHECK(problems(records_of(longest)) == "-");
    CHECK(problems(records_of(longest + "x")) == "l");
}

TEST_CASE("the limit counts the quotes and line breaks of a quoted record") {
    const std::string inside = repeated("0123456\n", (most_record_bytes - 8) / 8) + "012345";
    REQUIRE(inside.size() + 2 == most_record_bytes);
    CHECK(records_of("\"" + inside + "\"\na\n").front() == SeenRecord{1, '-', {inside}});
    const Seen records = records_of("\"x" + inside + "\"\na\n");
    CHECK(records.front() == SeenRecord{1, 'l', {"x0123456"}});
    CHECK(records[1] == SeenRecord{2, '-', {"0123456"}});
    CHECK(records.back().cells == std::vector<std::string>{"a"});
}

TEST_CASE("a line of any length costs only itself") {
    const std::string endless = repeated("0123456789abcdef", std::size_t{10} << 16U);
    const Seen records = records_of("a\n" + endless + "\r\nb\n\"" + endless + "\nc\n");
    CHECK(problems(records) == "-l-l-");
    CHECK(records.back() == SeenRecord{5, '-', {"c"}});
}

TEST_CASE("lines that each open a quote take time in proportion to their number") {
    // Without remembering where no record ends, this would look at each line's
    // next MiB anew: half a million times.
    const std::size_t lines = 500'000;
    const Seen records = records_of(repeated("a\"b,\"c\n", lines));
    CHECK(records.size() == lines);
    CHECK(records.front() == SeenRecord{1, 'l', {"a\"b", "c"}});
    CHECK(records.back() == SeenRecord{lines, 'q', {"a\"b", "c"}});
}

TEST_CASE("lines that open quotes before a long stretch without any are cheap, too") {
    const Seen records =
        records_of(repeated("a\"b,\"c\n", 140'000) + repeated("0123456789abcdef\n", 200'000));
    CHECK(records.size() == 340'000);
    CHECK(records[139'999].problem == 'q');
    CHECK(records[140'000] == SeenRecord{140'001, '-', {"0123456789abcdef"}});
}

TEST_CASE("bad bytes and NUL are shown as U+FFFD and told apart") {
    CHECK(records_of(std::string("a,\xE9t\xE9\nb,\0\nc,d\n", 13)) ==
          Seen{{1, 'u', {"a", "\uFFFDt\uFFFD"}}, {2, 'n', {"b", "\uFFFD"}}, {3, '-', {"c", "d"}}});
    CHECK(records_of("x,é\n") == Seen{{1, '-', {"x", "é"}}});
}

TEST_CASE("bytes that no UTF-8 has stand for nothing but themselves") {
    CHECK(records_of("a\n\xFF-x-9\n\xFE\n") ==
          Seen{{1, '-', {"a"}}, {2, 'u', {"\uFFFD-x-9"}}, {3, 'u', {"\uFFFD"}}});
}

TEST_CASE("a byte order mark is no part of the first cell") {
    CHECK(records_of("\xEF\xBB\xBF\"a\",b\n") == Seen{{1, '-', {"a", "b"}}});
}

TEST_CASE("UTF-16 and UTF-32 are refused by name") {
    const auto refusal = [](const std::string& text) {
        RecordReader reader("memory", std::make_unique<seqload::test::MemoryStream>(text), ',');
        Record record;
        return to_string(reader.next(record).error());
    };
    CHECK(refusal(std::string("\xFF\xFE\x61\0", 4)) ==
          "memory: is UTF-16, little endian, not UTF-8 (save it as CSV UTF-8, or convert it: iconv "
          "-f UTF-16 -t UTF-8)");
    CHECK(refusal(std::string("a\0b\0", 4)).starts_with("memory: is UTF-16, little endian"));
    CHECK(refusal(std::string("\0a\0b", 4)).starts_with("memory: is UTF-16, big endian"));
    CHECK(refusal(std::string("\xFE\xFF\0a", 4)).starts_with("memory: is UTF-16, big endian"));
    CHECK(refusal(std::string("a\0\0\0b\0\0\0", 8)).starts_with("memory: is UTF-32"));
}

TEST_CASE("every way of splitting the same text at the window's edge reads the same") {
    // The window holds 3 MiB; a pattern whose period divides none of its sizes
    // puts each of its bytes at the edge sooner or later.
    const std::string pattern = "id,\"two\r\nlines\",é\r\nplain,\"x\"\"y\",5\" pipe\r\n\r\n";
    const std::size_t times = 200'000;
    const Seen records = records_of(repeated(pattern, times));
    REQUIRE(records.size() == 2 * times);
    for (std::size_t index = 0; index < records.size(); index += 2) {
        const std::size_t line = index / 2 * 4 + 1;
        REQUIRE(records[index] == SeenRecord{line, '-', {"id", "two\r\nlines", "é"}});
        REQUIRE(records[index + 1] == SeenRecord{line + 2, '-', {"plain", "x\"y", "5\" pipe"}});
    }
}
