#include "seqload/model/target.hpp"

#include "model/any_target.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::test;

namespace {

Id id_of(std::uint8_t last) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes.back() = last;
    return Id(bytes);
}

}  // namespace

TEST_CASE("the nine flags have the API's names") {
    CHECK(name(Flag::sequence_no_email) == "sequence_no_email");
    CHECK(name(Flag::add_if_in_queue) == "add_if_in_queue");
    CHECK(name(Flag::contact_verification_skipped) == "contact_verification_skipped");
    CHECK(std::set(flag_names.begin(), flag_names.end()).size() == flag_count);
}

TEST_CASE("an initial status that was not given has no name") {
    CHECK(name(InitialStatus::unspecified) == "");
    CHECK(name(InitialStatus::active) == "active");
    CHECK(name(InitialStatus::paused) == "paused");
}

TEST_CASE("the mailboxes make one cell") {
    Target target;
    CHECK(mailboxes_text(target) == "");
    target.mailboxes = {id_of(1)};
    CHECK(mailboxes_text(target) == "000000000000000000000001");
    target.mailboxes.push_back(id_of(0xff));
    CHECK(mailboxes_text(target) == "000000000000000000000001;0000000000000000000000ff");
}

TEST_CASE("whatever differs makes another target, with another hash") {
    const Target plain = [] {
        Target target;
        target.sequence = id_of(1);
        target.mailboxes = {id_of(2)};
        return target;
    }();
    std::vector<Target> targets(10, plain);
    targets[1].sequence = id_of(9);
    targets[2].mailboxes = {id_of(9)};
    targets[3].mailboxes = {id_of(2), id_of(9)};
    targets[4].from_address = "a@b.c";
    targets[5].user = id_of(9);
    targets[6].user = Id();
    targets[7].status = InitialStatus::active;
    targets[8].auto_unpause_at = "2030-01-01T00:00Z";
    targets[9].flags.set(static_cast<std::size_t>(Flag::add_if_in_queue));
    TargetTable table;
    std::set<std::size_t> hashes;
    for (const Target& target : targets) {
        const TargetIndex index = table.intern(target);
        CHECK(index == table.size() - 1);
        hashes.insert(TargetHash{}(target));
    }
    CHECK(table.size() == targets.size());
    CHECK(hashes.size() >= targets.size() - 1);  // no user, and the one of zeros, may share theirs
}

TEST_CASE("each target is in the table once, in the order of first appearance") {
    CHECK(rc::check([] {
        TargetTable table;
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

TEST_CASE("a target stays where it is while the table grows and moves") {
    TargetTable table;
    Target target;
    target.sequence = id_of(1);
    table.intern(target);
    const Target* first = &table[0];
    for (std::uint8_t i = 2; i < 200; ++i) {
        target.sequence = id_of(i);
        table.intern(target);
    }
    CHECK(&table[0] == first);
    const TargetTable moved = std::move(table);
    CHECK(&moved[0] == first);
}

TEST_CASE("a copy of a table outlives the original") {
    TargetTable copy;
    TargetTable assigned;
    assigned.intern(Target());
    {
        TargetTable table;
        Target target;
        for (std::uint8_t i = 1; i < 50; ++i) {
            target.sequence = id_of(i);
            table.intern(target);
        }
        copy = table;
        assigned = TargetTable(table);
        CHECK(&copy[0] != &table[0]);
    }
    REQUIRE(copy.size() == 49);
    REQUIRE(assigned.size() == 49);
    for (std::uint8_t i = 1; i < 50; ++i) {
        CHECK(copy[i - 1U].sequence == id_of(i));
        CHECK(assigned[i - 1U].sequence == id_of(i));
        CHECK(copy.intern(assigned[i - 1U]) == i - 1U);
    }
}
