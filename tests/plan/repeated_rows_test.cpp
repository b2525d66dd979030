#include "seqload/plan/repeated_rows.hpp"

#include <map>
#include <stdexcept>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;

TEST_CASE("where no row repeats another nothing is kept") {
    const RepeatedRows none(4'000'000'000, 0);
    CHECK(none.repeated_by(1) == 0);
    CHECK(none.repeated_by(4'000'000'000) == 0);
    CHECK(none.bytes() == 0);
}

TEST_CASE("each row answers with the row that it repeats") {
    CHECK(rc::check([] {
        // Dense in one half of the cases, so that words and groups fill up.
        const auto rows = *rc::gen::inRange<RowNumber>(1, 3000);
        const auto sparseness = *rc::gen::element(1, 2, 60, 900);
        std::map<RowNumber, RowNumber> expected;
        for (RowNumber row = 1; row <= rows; ++row) {
            if (*rc::gen::inRange(0, sparseness) == 0)
                expected[row] = *rc::gen::inRange<RowNumber>(1, row + 1);
        }
        RepeatedRows repeated(rows, static_cast<RowNumber>(expected.size()));
        for (const auto& [row, first] : expected)
            repeated.add(row, first);
        for (RowNumber row = 0; row <= rows + 600; ++row) {
            const auto found = expected.find(row);
            RC_ASSERT(repeated.repeated_by(row) == (found == expected.end() ? 0 : found->second));
        }
    }));
}

TEST_CASE("where every row repeats another it takes four bytes and some bits a row") {
    constexpr RowNumber rows = 100'000;
    RepeatedRows repeated(rows, rows - 1);
    for (RowNumber row = 2; row <= rows; ++row)
        repeated.add(row, 1);
    CHECK(repeated.bytes() <= rows * 4 + rows / 7 + 64);
}

TEST_CASE("a row beyond those announced is a broken promise") {
    RepeatedRows repeated(100, 1);
    CHECK_THROWS_AS(repeated.add(128, 1), std::logic_error);
}
