#include "seqload/plan/contact_index.hpp"

#include "plan/plan_fixture.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

namespace {

constexpr std::size_t at_most_per_row = 22;
constexpr std::size_t at_most_besides = std::size_t{1} << 20U;

}  // namespace

TEST_CASE("the second row with the same contact and sequence is told the first") {
    ContactIndex index(1);
    CHECK(index.add(id_of(10), 0) == std::nullopt);
    CHECK(index.add(id_of(10), 1) == std::nullopt);
    CHECK(index.add(id_of(11), 0) == std::nullopt);
    CHECK(index.add(id_of(10), 0) == 1U);
    CHECK(index.add(id_of(10), 1) == 2U);
    CHECK(index.add(id_of(10), 0) == 1U);
    CHECK(index.rows() == 6);
}

TEST_CASE("rows that ask for nothing count as rows, and are repeated by none") {
    ContactIndex index(1);
    index.add_other();
    CHECK(index.add(Id(), 0) == std::nullopt);
    index.add_repeat(1);
    CHECK(index.add(Id(), 0) == 2U);
    const auto repeats = index.take_repeats();
    CHECK(repeats.repeated_by(1) == 0);
    CHECK(repeats.repeated_by(2) == 0);
    CHECK(repeats.repeated_by(3) == 1);
    CHECK(repeats.repeated_by(4) == 2);
}

TEST_CASE(
    "rows that ask for nothing take no memory, however many, and those among others are known") {
    constexpr RowNumber many = 3'000'000;
    ContactIndex index(1);
    const std::size_t empty = index.bytes();
    for (RowNumber row = 1; row <= many; ++row)
        index.add_other();
    CHECK(index.bytes() <= empty + 4096);
    CHECK(index.add(id_of(1), 0) == std::nullopt);
    index.add_other();
    CHECK(index.add(id_of(1), 0) == many + 1);
    const auto repeats = index.take_repeats();
    CHECK(repeats.repeated_by(many) == 0);
    CHECK(repeats.repeated_by(many + 1) == 0);
    CHECK(repeats.repeated_by(many + 2) == 0);
    CHECK(repeats.repeated_by(many + 3) == many + 1);
}

TEST_CASE("what is expected changes no answer, however wrong it is") {
    ContactIndex index(1);
    ContactIndex expecting(1);
    for (RowNumber row = 1; row <= 30'000; ++row) {
        if (row == 100)
            expecting.expect(20'000);
        if (row == 200)
            expecting.expect(5);
        const Id contact = id_of(row % 19'997);
        REQUIRE(expecting.add(contact, 0) == index.add(contact, 0));
    }
}

TEST_CASE("what is foreseen changes no answer, whether it comes, comes otherwise or not at all") {
    ContactIndex index(1);
    ContactIndex foreseeing(1);
    std::vector<ContactIndex::Question> hint;
    constexpr RowNumber contacts = 9'999;  // each is always asked for in the same sequence
    std::size_t repeats = 0;
    for (RowNumber row = 1; row <= 30'000; ++row) {
        // Mostly 16 rows, as they come; now and then in the wrong order, too many, or others.
        if (row % 16 == 1) {
            hint.clear();
            for (RowNumber next = row; next < row + (row % 5 == 0 ? 100 : 16); ++next)
                hint.push_back({id_of(next % contacts), next % 3});
            if (row % 7 == 0)
                std::ranges::reverse(hint);
            if (row % 11 == 0)
                hint.front().contact = id_of(20'000);
            foreseeing.prefetch(hint);
        }
        const Id contact = id_of(row % contacts);
        if (row % 13 == 0) {
            index.add_other();
            foreseeing.add_other();
        } else {
            const auto first = index.add(contact, row % 3);
            REQUIRE(foreseeing.add(contact, row % 3) == first);
            repeats += first ? 1 : 0;
        }
    }
    CHECK(repeats > 15'000);
    CHECK(foreseeing.add(id_of(20'000), 0) == std::nullopt);
}

TEST_CASE("rows that were expected take no more memory than others") {
    ContactIndex index(1);
    constexpr RowNumber rows = 1'000'000;
    index.expect(rows);
    const std::size_t before = index.bytes();
    for (RowNumber row = 1; row <= rows; ++row)
        index.add(id_of(row), 0);
    CHECK(before <= rows * 5 + at_most_besides);
    CHECK(index.bytes() <= rows * at_most_per_row + at_most_besides);
}

TEST_CASE("rows of all kinds in any order are answered as by a map") {
    CHECK(rc::check([](std::uint64_t seed) {
        ContactIndex index(seed);
        std::map<std::pair<Id, SequenceNumber>, RowNumber> firsts;
        std::vector<RowNumber> repeated{0};
        const auto rows = *rc::gen::inRange<RowNumber>(0, 2000);
        const auto contacts = *rc::gen::element(5U, 300U, 5000U);
        for (RowNumber row = 1; row <= rows; ++row) {
            const auto kind = *rc::gen::inRange(0, 10);
            if (kind == 0) {
                index.add_other();
                repeated.push_back(0);
            } else if (kind == 1) {
                index.add_repeat(row);
                repeated.push_back(row);
            } else {
                const auto contact = id_of(*rc::gen::inRange(0U, contacts));
                const auto sequence = *rc::gen::inRange<SequenceNumber>(0, 3);
                const auto [first, is_new] = firsts.try_emplace({contact, sequence}, row);
                const auto expected = is_new ? std::nullopt : std::optional(first->second);
                index.prefetch(std::array{ContactIndex::Question{contact, sequence}});
                RC_ASSERT(index.add(contact, sequence) == expected);
                repeated.push_back(expected.value_or(0));
            }
        }
        const auto repeats = index.take_repeats();
        for (RowNumber row = 0; row <= rows; ++row)
            RC_ASSERT(repeats.repeated_by(row) == repeated[row]);
        RC_ASSERT(index.rows() == 0U);
        RC_ASSERT(index.add(id_of(1), 0) == std::nullopt);
    }));
}

TEST_CASE("a million contacts take no more than 22 bytes a row, at any moment, and all are found") {
    constexpr RowNumber rows = 1'000'000;
    ContactIndex index(0x5eed);
    std::size_t new_ones = 0;
    std::size_t over = 0;  // the worst excess over the promise
    for (RowNumber row = 1; row <= rows; ++row) {
        new_ones += index.add(id_of(row), row % 500) ? 0 : 1;
        if (row % 499 == 0 || row == rows)
            over = std::max(over, index.bytes() - std::min(index.bytes(), at_most_per_row * row));
    }
    CHECK(new_ones == rows);
    CHECK(over <= at_most_besides);
    CHECK(index.bytes() <= at_most_per_row * rows + at_most_besides);

    std::size_t found = 0;
    for (RowNumber row = 1; row <= rows; row += 3)
        found += index.add(id_of(row), row % 500) == row ? 1 : 0;
    CHECK(found == (rows + 2) / 3);
}

TEST_CASE("kept within 7 bytes a row, of any input, it answers the same") {
    constexpr RowNumber rows = 400'000;
    ContactIndex index(0x5eed);
    ContactIndex roomy(0x5eed);
    std::size_t over = 0;
    for (RowNumber row = 1; row <= rows; ++row) {
        if (row == 150'000)
            index.expect(200'000);
        if (row % 1000 == 0) {
            index.keep_within(7 * std::size_t{row});
            over = std::max(over, index.bytes() - std::min(index.bytes(), std::size_t{7} * row));
        }
        if (row % 7 == 0) {
            index.add_other();
            roomy.add_other();
        } else {
            const Id contact = id_of(row % 11 == 0 ? row / 2 : row);
            REQUIRE(index.add(contact, 3) == roomy.add(contact, 3));
        }
    }
    CHECK(over <= at_most_besides);
    CHECK(roomy.bytes() > index.bytes() + 12 * std::size_t{rows});
    const auto repeats = index.take_repeats();
    const auto expected = roomy.take_repeats();
    std::size_t wrong = 0;
    for (RowNumber row = 0; row <= rows; ++row)
        wrong += repeats.repeated_by(row) == expected.repeated_by(row) ? 0 : 1;
    CHECK(wrong == 0);
}

TEST_CASE("a first row is still found when row numbers have outgrown the bits of its slot") {
    ContactIndex index(3);
    std::size_t found = 0;
    std::size_t fresh = 0;
    // Few contacts among many other rows, so that no shard grows for want of room.
    for (RowNumber round = 0; round < 18; ++round) {
        while (index.rows() < (1U << round))
            index.add_other();
        fresh += index.add(id_of(1'000 + round), 0) ? 0 : 1;
        for (RowNumber earlier = 0; earlier < round; ++earlier) {
            const auto first = index.add(id_of(1'000 + earlier), 0);
            found += first && *first <= (1U << earlier) + earlier + 1 ? 1 : 0;
        }
    }
    CHECK(fresh == 18);
    CHECK(found == 17 * 18 / 2);
}

TEST_CASE("letting go of the entries leaves only what the second pass needs") {
    ContactIndex index(3);
    for (RowNumber row = 1; row <= 100'000; ++row)
        index.add(id_of(row % 90'000), 0);
    const auto repeats = index.take_repeats();
    CHECK(repeats.repeated_by(90'000) == 0);
    CHECK(repeats.repeated_by(90'001) == 1);
    CHECK(repeats.repeated_by(100'000) == 10'000);
    CHECK(repeats.bytes() <= 10'000 * 4 + 100'000 / 7 + 64);
    CHECK(index.bytes() <= at_most_besides);
}
