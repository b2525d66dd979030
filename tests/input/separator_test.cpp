#include "seqload/input/separator.hpp"

#include <doctest/doctest.h>

using seqload::input::find_separator;

TEST_CASE("the separator is the one that the header has most often") {
    CHECK(find_separator("a,b,c\n") == ',');
    CHECK(find_separator("a;b;c,d\n") == ';');
    CHECK(find_separator("a\tb\r\n1,2,3,4\n") == '\t');
    CHECK(find_separator("a|b") == '|');
}

TEST_CASE("separators within quotes do not count") {
    CHECK(find_separator("\"a,b,c\";\"d,e\"\n") == ';');
    CHECK(find_separator("\"a\"\"b,,,,\";x\n") == ';');
    CHECK(find_separator("\"a\n,,,,\";x\n") == ';');
    CHECK(find_separator("5\" pipe;b;\"c\"\n,,,,\n") == ';');
}

TEST_CASE("blank lines before the header do not count, and one column is cut at commas") {
    CHECK(find_separator("\n\t\t\t\r\n  \na;b\n") == ';');
    CHECK(find_separator("contact_id\n1;2\n") == ',');
    CHECK(find_separator("") == ',');
}

TEST_CASE("of two that occur equally often the more usual one is meant") {
    CHECK(find_separator("a,b;c\n") == ',');
    CHECK(find_separator("a|b;c\n") == ';');
}
