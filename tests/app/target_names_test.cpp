#include "seqload/app/target_names.hpp"

#include "app/team_fixture.hpp"
#include "seqload/model/stand_in.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

TEST_CASE("an id that stands in for a name is shown as that name") {
    TargetTable targets;
    targets.call(stand_in(1), "Wel\x1b[31mcome");
    targets.call(stand_in(1), "another");
    targets.call(stand_in(2), "a@b.c");
    CHECK(name_or_id(targets, id(1)) == id(1).text());
    CHECK(name_or_id(targets, stand_in(3)) == stand_in(3).text());
    CHECK(name_or_id(targets, stand_in(1)).find('\x1b') == std::string::npos);
    CHECK(names_or_ids(targets, std::vector{id(1), stand_in(2), stand_in(1)}) ==
          id(1).text() + ";a@b.c;Wel\x1b[31mcome");
    CHECK(any_is_called(targets, std::vector{id(1), stand_in(2)}));
    CHECK_FALSE(any_is_called(targets, std::vector{id(1), stand_in(3)}));
}

TEST_CASE("a plan says that names are not looked up where it sends rows by them, and only there") {
    TargetTable targets;
    targets.call(stand_in(1), "ann@x.com");
    const TargetIndex by_ids = targets.intern(target(id(1), {id(11)}));
    const TargetIndex by_name = targets.intern(target(id(1), {id(11)}, stand_in(1)));
    const plan::ExclusionList nobody(7);
    const auto note = [&](TargetIndex index, bool is_valid) {
        plan::Planner planner(
            plan::RequestShape{.contacts_per_request = [](const Target&) { return 100U; },
                               .label_room = [](const Target&) { return std::size_t{1000}; },
                               .label_cost = [](std::string_view label) { return label.size(); },
                               .labels_per_request = 1},
            nobody, targets, 7);
        Row row;
        row.number = 1;
        row.contact = id(101);
        row.target = index;
        if (!is_valid)
            row.invalid = InvalidReason::bad_flag;
        (void)planner.consider(row);
        planner.finish();
        return note_on_names(planner, targets);
    };
    CHECK(note(by_ids, true).empty());
    CHECK(note(by_name, false).empty());
    CHECK(note(by_name, true) ==
          "names are not looked up here; `seqload check` does that (two names of one thing share "
          "requests)\n");
}

}  // namespace seqload::app
