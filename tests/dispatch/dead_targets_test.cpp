#include "seqload/dispatch/dead_targets.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

Id id(char digit) {
    return *Id::parse(std::string(24, digit));
}

struct Fixture {
    TargetTable targets;
    DeadTargets dead{targets};

    TargetIndex target(char sequence, std::vector<Id> mailboxes, Flags flags = {}) {
        Target made;
        made.sequence = id(sequence);
        made.mailboxes = std::move(mailboxes);
        made.flags = flags;
        return targets.intern(made);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a sequence that is not there fails all its targets") {
    const auto refused = target('1', {id('a')});
    const auto other_flags = target('1', {id('b')}, Flags(1));
    const auto other_sequence = target('2', {id('a')});
    dead.refused(refused, {"sequence_not_found", "no such sequence"});
    REQUIRE(dead.find(refused) != nullptr);
    CHECK(dead.find(refused)->message == "no such sequence");
    CHECK(dead.find(other_flags) != nullptr);
    CHECK(dead.find(other_sequence) == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "an inactive mailbox fails every target that uses it") {
    const auto refused = target('1', {id('a')});
    const auto elsewhere = target('2', {id('a')});
    const auto rotating = target('3', {id('a'), id('b')});
    const auto other = target('1', {id('b')});
    dead.refused(refused, {"mailbox_inactive", "no longer active"});
    CHECK(dead.find(elsewhere) != nullptr);
    CHECK(dead.find(rotating) != nullptr);
    CHECK(dead.find(other) == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "which of several mailboxes is inactive is not guessed") {
    const auto refused = target('1', {id('a'), id('b')});
    const auto single = target('1', {id('a')});
    dead.refused(refused, {"mailbox_inactive", "no longer active"});
    CHECK(dead.find(refused) != nullptr);
    CHECK(dead.find(single) == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "a mailbox that one sequence does not support may serve another") {
    const auto refused = target('1', {id('a')});
    const auto elsewhere = target('2', {id('a')});
    dead.refused(refused, {"mailbox_not_supported", "aggregate accounts"});
    CHECK(dead.find(refused) != nullptr);
    CHECK(dead.find(elsewhere) == nullptr);
}

}  // namespace seqload::dispatch
