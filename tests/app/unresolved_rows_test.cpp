#include "seqload/app/unresolved_rows.hpp"

#include "app/team_fixture.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;
using input::Column;

namespace {

struct UnresolvedRowsFixture {
    UnresolvedRowsFixture() {
        names.put(Column::sequence, "Welcome", id(1));
        names.put(Column::sequence, "Wellcome",
                  std::unexpected("no sequence is called 'Wellcome'"));
        names.put(Column::email_account, "him@x.com",
                  std::unexpected("no mailbox has the address 'him@x.com'"));
        known_target = targets.intern(target(id(1), {id(11)}));
        const Id wellcome = input::stand_in_for(Column::sequence, "Wellcome");
        targets.call(wellcome, "Wellcome");
        no_sequence = targets.intern(target(wellcome, {id(11)}));
        const Id him = input::stand_in_for(Column::email_account, "him@x.com");
        targets.call(him, "him@x.com");
        no_mailbox = targets.intern(target(id(1), {id(11), him}));
    }

    static Row row(RowNumber number, TargetIndex target) {
        Row made;
        made.number = number;
        made.contact = id(static_cast<std::uint8_t>(number));
        made.target = target;
        return made;
    }

    plan::Planner planner() {
        return {
            plan::RequestShape{.contacts_per_request = [](const Target&) { return 100U; },
                               .label_room = [](const Target&) { return std::size_t{1000}; },
                               .label_cost = [](std::string_view label) { return label.size(); },
                               .labels_per_request = 1},
            nobody, targets, 7};
    }

    input::NameTable names;
    TargetTable targets;
    TargetIndex known_target = 0;
    TargetIndex no_sequence = 0;
    TargetIndex no_mailbox = 0;
    plan::ExclusionList nobody{7};
};

}  // namespace

TEST_CASE_FIXTURE(UnresolvedRowsFixture,
                  "rows by a name that is nobody's are failed with what is wrong with it") {
    UnresolvedRows unresolved(names, targets);
    KnownRows known;
    unresolved.fail_in(known);
    const auto failed = known.outcome(row(2, no_sequence)).value();
    REQUIRE(failed);
    CHECK(failed->row == 2);
    CHECK(failed->status == RowStatus::failed);
    CHECK(failed->reason == reason::sequence_not_found);
    CHECK(failed->detail == "not sent: no sequence is called 'Wellcome'");
    const auto also = known.outcome(row(3, no_mailbox)).value();
    REQUIRE(also);
    CHECK(also->reason == reason::mailbox_inactive);
    CHECK_FALSE(known.outcome(row(1, known_target)).value());
}

TEST_CASE_FIXTURE(UnresolvedRowsFixture, "of the other rows that is known which was before") {
    KnownRows known;
    int asked = 0;
    known.outcome = [&](const Row& one) -> Result<std::optional<Outcome>> {
        ++asked;
        Outcome outcome;
        outcome.row = one.number;
        outcome.status = RowStatus::already_in_sequence;
        return outcome;
    };
    UnresolvedRows unresolved(names, targets);
    unresolved.fail_in(known);
    CHECK(known.outcome(row(1, known_target)).value()->status == RowStatus::already_in_sequence);
    CHECK(known.outcome(row(2, no_sequence)).value()->status == RowStatus::failed);
    CHECK(asked == 1);
}

TEST_CASE_FIXTURE(UnresolvedRowsFixture, "where every name is known, rows are asked nothing more") {
    input::NameTable all_known;
    all_known.put(Column::sequence, "Welcome", id(1));
    KnownRows known;
    UnresolvedRows unresolved(all_known, targets);
    unresolved.fail_in(known);
    CHECK_FALSE(known.outcome);
}

TEST_CASE_FIXTURE(UnresolvedRowsFixture,
                  "a plan that would send a row by name only is a broken promise") {
    plan::Planner good = planner();
    (void)good.consider(row(1, known_target));
    (void)good.consider(row(2, no_mailbox));
    good.withdraw(row(2, no_mailbox));
    good.finish();
    CHECK_NOTHROW(require_ids(good, targets));
    plan::Planner bad = planner();
    (void)bad.consider(row(1, no_mailbox));
    bad.finish();
    CHECK_THROWS_AS(require_ids(bad, targets), std::logic_error);
}

}  // namespace seqload::app
