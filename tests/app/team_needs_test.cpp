#include "seqload/app/team_needs.hpp"

#include "app/team_fixture.hpp"
#include "seqload/model/stand_in.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

TEST_CASE("each thing is needed once, by the rows of all its targets that are sent") {
    TargetTable targets;
    const plan::ExclusionList nobody(7);
    plan::Planner planner(
        plan::RequestShape{.contacts_per_request = [](const Target&) { return 2U; },
                           .label_room = [](const Target&) { return std::size_t{1000}; },
                           .label_cost = [](std::string_view label) { return label.size(); },
                           .labels_per_request = 1},
        nobody, targets, 7);
    Target first;
    first.sequence = id(1);
    first.mailboxes = {id(11), id(12)};
    Target second = first;
    second.user = id(21);
    Target unused = first;
    unused.sequence = id(3);
    const TargetIndex first_index = targets.intern(first);
    const TargetIndex second_index = targets.intern(second);
    const TargetIndex unused_index = targets.intern(unused);

    RowNumber number = 0;
    const auto consider = [&](TargetIndex target, std::uint8_t contact,
                              std::optional<InvalidReason> fault = std::nullopt) {
        Row row;
        row.number = ++number;
        row.target = target;
        row.contact = id(contact);
        row.invalid = fault;
        (void)planner.consider(row);
    };
    consider(first_index, 101);
    consider(first_index, 102);
    consider(first_index, 103);
    consider(second_index, 104);
    consider(second_index, 101);  // a duplicate: the sequence is the same
    consider(unused_index, 105, InvalidReason::bad_flag);
    planner.finish();

    const TeamNeeds made = needs_of(targets, planner, {{"Leads", 2}});
    CHECK(made.sequences == std::map<Id, std::uint64_t>{{id(1), 4}});
    CHECK(made.mailboxes == std::map<Id, std::uint64_t>{{id(11), 4}, {id(12), 4}});
    CHECK(made.users == std::map<Id, std::uint64_t>{{id(21), 1}});
    CHECK(made.labels == std::map<std::string, std::uint64_t>{{"Leads", 2}});
    CHECK(made.requests == 3);
}

TEST_CASE("what is known by a name only is not needed by an id") {
    TargetTable targets;
    const plan::ExclusionList nobody(7);
    plan::Planner planner(
        plan::RequestShape{.contacts_per_request = [](const Target&) { return 2U; },
                           .label_room = [](const Target&) { return std::size_t{1000}; },
                           .label_cost = [](std::string_view label) { return label.size(); },
                           .labels_per_request = 1},
        nobody, targets, 7);
    Row row;
    row.number = 1;
    row.contact = id(101);
    row.target = targets.intern(target(stand_in(1), {id(11), stand_in(2)}, stand_in(3)));
    (void)planner.consider(row);
    planner.finish();
    const TeamNeeds made = needs_of(targets, planner, {});
    CHECK(made.sequences.empty());
    CHECK(made.mailboxes == std::map<Id, std::uint64_t>{{id(11), 1}});
    CHECK(made.users.empty());
}

}  // namespace seqload::app
