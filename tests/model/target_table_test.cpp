#include "seqload/model/target_table.hpp"

#include "model/any_target.hpp"
#include "support/numbered_id.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::test;

namespace {

Target plain_target(std::uint32_t sequence, std::uint32_t mailbox) {
    Target target;
    target.sequence = numbered_id(sequence);
    target.mailboxes = {numbered_id(mailbox)};
    return target;
}

}  // namespace

TEST_CASE("whatever differs makes another target") {
    std::vector<Target> targets(12, plain_target(1, 2));
    targets[1].sequence = numbered_id(9);
    targets[2].mailboxes = {numbered_id(9)};
    targets[3].mailboxes = {numbered_id(2), numbered_id(9)};
    targets[4].from_address = "a@b.c";
    targets[5].user = numbered_id(9);
    targets[6].user = Id();
    targets[7].status = InitialStatus::active;
    targets[8].auto_unpause_at = "a@b.c";
    targets[9].flags.set(static_cast<std::size_t>(Flag::add_if_in_queue));
    targets[10].mailboxes = {};
    targets[11].mailboxes = {numbered_id(1)};  // the sequence's own id
    TargetTable table;
    for (const Target& target : targets) {
        const TargetIndex index = table.intern(target);
        CHECK(index == table.size() - 1);
    }
    CHECK(table.size() == targets.size());
    for (TargetIndex index = 0; index < targets.size(); ++index) {
        CHECK(table[index] == targets[index]);
        CHECK(table.intern(targets[index]) == index);
    }
}

TEST_CASE("each target is in the table once, in the order of first appearance") {
    CHECK(rc::check([](std::uint64_t seed) {
        TargetTable table(seed);
        std::vector<Target> expected;
        const auto rows = *rc::gen::inRange(0, 200);
        for (int i = 0; i < rows; ++i) {
            const Target target = one_of_few_targets();
            auto place = std::ranges::find(expected, target);
            if (place == expected.end())
                place = expected.insert(expected.end(), target);
            RC_ASSERT(table.intern(target) == static_cast<TargetIndex>(place - expected.begin()));
        }
        RC_ASSERT(table.size() == expected.size());
        for (TargetIndex i = 0; i < table.size(); ++i)
            RC_ASSERT(table[i] == expected[i]);
    }));
}

TEST_CASE("targets share the number of a sequence, and terms, where they agree in them") {
    CHECK(rc::check([] {
        TargetTable table;
        const auto rows = *rc::gen::inRange(0, 100);
        for (int i = 0; i < rows; ++i)
            table.intern(one_of_few_targets());
        const auto without_ids = [](Target target) {
            target.sequence = Id();
            target.mailboxes.front() = Id();
            return target;
        };
        std::uint32_t most_terms = 0;
        for (TargetIndex i = 0; i < table.size(); ++i) {
            RC_ASSERT(table.sequence(i) == table[i].sequence);
            RC_ASSERT(table.terms(i) <= most_terms);
            most_terms = std::max(most_terms, table.terms(i) + 1);
            for (TargetIndex k = 0; k < i; ++k) {
                RC_ASSERT((table.sequence_number(i) == table.sequence_number(k)) ==
                          (table[i].sequence == table[k].sequence));
                RC_ASSERT((table.terms(i) == table.terms(k)) ==
                          (without_ids(table[i]) == without_ids(table[k])));
            }
        }
    }));
}

TEST_CASE("a table that is moved has all that it had, and grows on") {
    TargetTable table;
    for (std::uint32_t i = 1; i < 50; ++i)
        table.intern(plain_target(i, i));
    table.call(numbered_id(7), "seven");
    TargetTable moved;
    moved.intern(Target());
    moved = std::move(table);
    REQUIRE(moved.size() == 49);
    for (std::uint32_t i = 1; i < 50; ++i)
        CHECK(moved.intern(plain_target(i, i)) == i - 1);
    CHECK(moved.intern(plain_target(100, 1)) == 49);
    REQUIRE(moved.called(numbered_id(7)) != nullptr);
    CHECK(*moved.called(numbered_id(7)) == "seven");
    CHECK(moved.called(numbered_id(8)) == nullptr);
}

TEST_CASE("with hardly any memory the table says what it says with much") {
    CHECK(rc::check([](std::uint64_t seed) {
        TargetTable table(seed);
        table.keep_within(0);
        TargetTable roomy(seed);
        const auto plain = *rc::gen::inRange<std::uint32_t>(0, 10'000);
        for (std::uint32_t i = 0; i < plain; ++i)
            RC_ASSERT(table.intern(plain_target(i, i % 5'000)) ==
                      roomy.intern(plain_target(i, i % 5'000)));
        for (int i = 0; i < 100; ++i) {
            const Target target = one_of_few_targets();
            RC_ASSERT(table.intern(target) == roomy.intern(target));
        }
        for (std::uint32_t i = 0; i < plain; i += 97)
            RC_ASSERT(table.intern(plain_target(i, i % 5'000)) == i);
        for (TargetIndex i = 0; i < table.size(); i += 13) {
            RC_ASSERT(table[i] == roomy[i]);
            RC_ASSERT(table.terms(i) == roomy.terms(i));
            RC_ASSERT(table.sequence_number(i) == roomy.sequence_number(i));
        }
    }));
}

TEST_CASE("of very many targets each is found again, pairs of few ids in 16 bytes each") {
    constexpr std::uint32_t side = 400;
    TargetTable table(42);
    for (std::uint32_t i = 0; i < side * side; ++i)
        table.intern(plain_target(i / side, i % side));
    CHECK(table.size() == std::size_t{side} * side);
    CHECK(table.bytes() <= table.size() * 16 + (std::size_t{128} << 10U));
    std::size_t wrong = 0;
    for (std::uint32_t i = 0; i < side * side; ++i) {
        const Target target = plain_target(i / side, i % side);
        wrong += table[i] == target && table.intern(target) == i ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("where each target has ids of its own, it takes 53 bytes") {
    TargetTable table(43);
    for (std::uint32_t i = 0; i < 100'000; ++i)
        table.intern(plain_target(2 * i, 2 * i + 1));
    CHECK(table.size() == 100'000);
    CHECK(table.bytes() <= table.size() * 53 + (std::size_t{192} << 10U));
}

TEST_CASE(
    "of many targets with ids of their own each can be kept within 18 bytes, and is found again") {
    TargetTable table(43);
    constexpr std::size_t most = std::size_t{1} << 20U;
    constexpr std::uint32_t targets = 400'000;
    for (std::uint32_t i = 0; i < targets; ++i) {
        if (i % 1'000 == 0)
            table.keep_within(std::max(most, std::size_t{18} * i));
        table.intern(plain_target(2 * i, 2 * i + 1));
    }
    CHECK(table.bytes() <= targets * std::size_t{18} + (std::size_t{256} << 10U));
    std::size_t wrong = 0;
    for (std::uint32_t i = 0; i < targets; i += 101) {
        const Target target = plain_target(2 * i, 2 * i + 1);
        wrong += table[i] == target && table.intern(target) == i ? 0 : 1;
    }
    CHECK(wrong == 0);
}
