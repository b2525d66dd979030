#include "seqload/app/columns.hpp"

#include <doctest/doctest.h>

using seqload::app::columns_of;
using seqload::app::cut;

TEST_CASE("a letter takes one column, a wide one two, an accent set on a letter none") {
    CHECK(columns_of("") == 0);
    CHECK(columns_of("sequence") == 8);
    CHECK(columns_of("Gr\u00fc\u00dfe\u2026") == 6);
    CHECK(columns_of("e\u0301te\u0301") == 3);
    CHECK(columns_of("\u6771\u4eac") == 4);
    CHECK(columns_of("\uff21\U0001F600\ud55c") == 6);
    CHECK(columns_of("a\u200db\ufeff") == 2);
}

TEST_CASE("a byte that is no UTF-8 counts as one column") {
    CHECK(columns_of("a\xff"
                     "b") == 3);
    CHECK(columns_of("\xe6\x9d") == 2);
    CHECK(columns_of("\xe6zz") == 3);
    CHECK(columns_of("\x80\x80") == 2);
}

TEST_CASE("what fits is left whole; what does not says that it is cut") {
    CHECK(cut("rows", 4) == "rows");
    CHECK(cut("rows", 3) == "ro…");
    CHECK(cut("rows", 1) == "…");
    CHECK(cut("rows", 0).empty());
    CHECK(cut("", 0).empty());
}

TEST_CASE("a wide letter is never halved, an accent never left without its letter") {
    CHECK(cut("\u6771\u4eac\u90fd", 6) == "\u6771\u4eac\u90fd");
    CHECK(cut("\u6771\u4eac\u90fd", 5) == "\u6771\u4eac…");
    CHECK(cut("\u6771\u4eac\u90fd", 4) == "\u6771…");
    CHECK(cut("ae\u0301b", 3) == "ae\u0301b");
    CHECK(cut("ae\u0301bc", 3) == "ae\u0301…");
}
