#include "seqload/app/unusable_rows.hpp"

#include "app/team_fixture.hpp"
#include "seqload/model/outcome.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

namespace {

Finding error_of(const Id& id, std::string reason) {
    Finding finding;
    finding.what = "it is gone";
    finding.reason = std::move(reason);
    finding.id = id;
    return finding;
}

Row row_of(TargetIndex target, std::string label = {}) {
    Row row;
    row.number = 5;
    row.target = target;
    row.label = std::move(label);
    return row;
}

struct Plan {
    TargetTable targets;
    TargetIndex add(const Id& sequence, std::vector<Id> mailboxes,
                    std::optional<Id> user = std::nullopt) {
        return targets.intern(target(sequence, std::move(mailboxes), user));
    }
};

}  // namespace

TEST_CASE("a row fails for its sequence, any of its mailboxes, its user, and for nothing else") {
    Plan plan;
    const auto good = plan.add(id(1), {id(11)});
    const auto sequence = plan.add(id(2), {id(11)});
    const auto rotation = plan.add(id(1), {id(11), id(12)});
    const auto user = plan.add(id(1), {id(11)}, id(21));
    const std::vector<Finding> found{error_of(id(2), "sequence_not_found"),
                                     error_of(id(12), "mailbox_inactive"),
                                     error_of(id(21), "user_not_found")};
    UnusableRows unusable(found, plan.targets);
    CHECK_FALSE(unusable.outcome_of(row_of(good)));
    const auto reason = [&](TargetIndex target) {
        const auto outcome = unusable.outcome_of(row_of(target));
        REQUIRE(outcome);
        CHECK(outcome->row == 5);
        CHECK(outcome->status == RowStatus::failed);
        CHECK(outcome->detail == "not sent: it is gone");
        return outcome->reason;
    };
    CHECK(reason(sequence) == "sequence_not_found");
    CHECK(reason(rotation) == "mailbox_inactive");
    CHECK(reason(user) == "user_not_found");
}

TEST_CASE("a label that is no label fails its rows only") {
    Plan plan;
    const auto good = plan.add(id(1), {id(11)});
    Finding missing;
    missing.reason = reason::label_not_found;
    missing.label = "Nobody";
    const std::vector<Finding> found{missing};
    UnusableRows unusable(found, plan.targets);
    REQUIRE(unusable.outcome_of(row_of(good, "Nobody")));
    CHECK_FALSE(unusable.outcome_of(row_of(good, "nobody")));
    CHECK_FALSE(unusable.outcome_of(row_of(good)));
}

TEST_CASE("warnings fail no row") {
    Plan plan;
    const auto good = plan.add(id(1), {id(11)});
    Finding warning = error_of(id(1), "");
    warning.severity = Severity::warning;
    const std::vector<Finding> found{warning};
    UnusableRows unusable(found, plan.targets);
    CHECK(unusable.empty());
    CHECK_FALSE(unusable.outcome_of(row_of(good)));
}

}  // namespace seqload::app
