#include "seqload/plan/planner.hpp"

#include "plan/plan_fixture.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

TEST_CASE("the second row with the same contact for the same sequence repeats the first") {
    Plan plan;
    const auto first = plan.target(1, 100);
    CHECK(plan.contact(10, first) == "send");
    CHECK(plan.contact(11, first) == "send");
    CHECK(plan.contact(10, first) == "duplicate same_as_row_1");
    CHECK(plan.contact(10, first) == "duplicate same_as_row_1");
}

TEST_CASE("other mailboxes make another target, but not another sequence") {
    Plan plan;
    const auto one = plan.target(1, 100);
    const auto other_mailbox = plan.target(1, 50);
    const auto other_sequence = plan.target(2, 100);
    CHECK(plan.contact(10, one) == "send");
    CHECK(plan.contact(10, other_mailbox) == "duplicate same_as_row_1");
    CHECK(plan.contact(10, other_sequence) == "send");
    CHECK(plan.label("friends", one) == "send");
    CHECK(plan.label("friends", other_mailbox) == "duplicate same_as_row_4");
    CHECK(plan.label("friends", other_sequence) == "send");
}

TEST_CASE("labels are compared byte for byte") {
    Plan plan;
    const auto target = plan.target(1, 100);
    CHECK(plan.label("friends", target) == "send");
    CHECK(plan.label("Friends", target) == "send");
    CHECK(plan.label("friends ", target) == "send");
    CHECK(plan.label("friends", target) == "duplicate same_as_row_1");
}

TEST_CASE("an invalid row keeps its reason and makes no later row a duplicate") {
    Plan plan;
    const auto target = plan.target(1, 100);
    Row bad = contact_row(1, id_of(10), target);
    bad.invalid = InvalidReason::bad_flag;
    bad.detail = "maybe";
    CHECK(plan.consider(bad) == "invalid bad_flag: maybe");
    CHECK(plan.contact(10, target) == "send");
    CHECK(plan.contact(10, target) == "duplicate same_as_row_2");
}

TEST_CASE("an excluded contact is excluded each time") {
    Plan plan;
    plan.exclusions.add(id_of(10));
    const auto target = plan.target(1, 100);
    CHECK(plan.contact(10, target) == "excluded");
    CHECK(plan.contact(10, target) == "excluded");
    CHECK(plan.contact(11, target) == "send");
}

TEST_CASE("invalid comes before excluded, and excluded before duplicate") {
    Plan plan;
    const auto target = plan.target(1, 100);
    CHECK(plan.contact(10, target) == "send");
    plan.exclusions.add(id_of(10));  // not done in life: the list is complete before the first row
    CHECK(plan.contact(10, target) == "excluded");
    Row bad = contact_row(3, id_of(10), target);
    bad.invalid = InvalidReason::nul_byte;
    CHECK(plan.consider(bad) == "invalid nul_byte");
}

TEST_CASE("a list of contacts does not exclude labels") {
    Plan plan;
    plan.exclusions.add(Id());
    CHECK(plan.label("friends", plan.target(1, 100)) == "send");
}

TEST_CASE("a label that fits into no request is invalid, to the byte") {
    Plan plan;
    const auto target = plan.target(1, 2);
    const std::string just_fits(20, 'x');
    CHECK(plan.label(just_fits, target) == "send");
    CHECK(plan.label(just_fits + 'x', target) ==
          "invalid label_too_long: takes 21 bytes of a request that has room for 20");
    // It was not sent, so it is no duplicate where it fits.
    CHECK(plan.label(just_fits + 'x', plan.target(1, 3)) == "send");
}

TEST_CASE("the totals count each row once, and the requests are those of each target") {
    Plan plan;
    const auto tens = plan.target(1, 10);
    const auto threes = plan.target(2, 3);
    plan.exclusions.add(id_of(500));
    for (std::uint64_t contact = 0; contact < 21; ++contact)
        plan.contact(contact, contact % 2 == 0 ? tens : threes);
    plan.contact(0, tens);
    plan.contact(500, tens);
    plan.label("friends", threes);
    plan.label("foes", threes);
    plan.label("friends", threes);
    plan.label(std::string(31, 'x'), threes);
    plan.invalid(InvalidReason::bad_contact_id, "12");
    plan.invalid(InvalidReason::bad_contact_id, "13");

    Totals expected;
    expected.rows = 29;
    expected.to_send = 23;
    expected.duplicate = 2;
    expected.excluded = 1;
    expected.invalid = 3;
    expected.invalid_reasons = {{InvalidReason::bad_contact_id, 2},
                                {InvalidReason::label_too_long, 1}};
    CHECK(plan.planner.totals() == expected);
    CHECK(plan.planner.load(tens) == TargetLoad{11, 0, 2});
    CHECK(plan.planner.load(threes) == TargetLoad{10, 2, 6});
    CHECK(plan.planner.load(17) == TargetLoad{});
    CHECK(plan.planner.requests() == 8);
}

TEST_CASE("what a request takes is asked once for all targets of the same terms") {
    unsigned asked = 0;
    RequestShape shape = small_shape();
    shape.contacts_per_request = [&asked](const Target& target) {
        ++asked;
        return static_cast<std::uint32_t>(std::stoul(target.from_address));
    };
    Plan plan(shape);
    const auto hundreds = plan.target(1, 100);
    const auto more_hundreds = plan.target(2, 100);
    const auto tens = plan.target(3, 10);
    for (std::uint64_t contact = 0; contact < 30; ++contact)
        plan.contact(contact, std::array{tens, hundreds, more_hundreds}[contact % 3]);
    CHECK(asked == 2);
    CHECK(plan.planner.contacts_per_request(tens) == 10);
    CHECK(plan.planner.contacts_per_request(hundreds) == 100);
    CHECK(plan.planner.contacts_per_request(more_hundreds) == 100);
}

TEST_CASE("rows with targets of their own, however many, take 24 bytes each, and 8 MiB besides") {
    constexpr RowNumber rows = 400'000;
    TargetTable targets(1);
    const ExclusionList nobody(1);
    Planner planner(small_shape(), nobody, targets, 1);
    std::size_t over = 0;
    std::size_t duplicates = 0;
    for (RowNumber number = 1; number <= rows; ++number) {
        // Every thousandth row repeats the one before it.
        const RowNumber same = number % 1'000 == 0 ? number - 1 : number;
        Target target;
        target.sequence = id_of(3 * std::uint64_t{same});
        target.mailboxes = {id_of(3 * std::uint64_t{same} + 1)};
        target.from_address = "10";
        const Row row =
            contact_row(number, id_of(3 * std::uint64_t{same} + 2), targets.intern(target));
        duplicates += std::holds_alternative<Send>(planner.consider(row)) ? 0 : 1;
        const std::size_t bytes = planner.bytes() + targets.bytes();
        const std::size_t allowed = (std::size_t{8} << 20U) + std::size_t{24} * number;
        over = number % 997 == 0 && bytes > allowed + over ? bytes - allowed : over;
    }
    CHECK(duplicates == rows / 1'000);
    CHECK(over <= std::size_t{2} << 20U);
}

TEST_CASE("the second pass decides as the first did") {
    Plan plan;
    plan.exclusions.add(id_of(13));
    const auto target = plan.target(1, 2);
    plan.contact(10, target);
    plan.invalid(InvalidReason::bad_utf8, "\xef\xbf\xbd");
    plan.contact(13, target);
    plan.contact(10, plan.target(1, 7));
    plan.label("friends", target);
    plan.label("friends", target);
    plan.label(std::string(21, 'x'), target);
    plan.planner.finish();
    for (std::size_t i = plan.rows.size(); i-- > 0;) {
        CHECK(shown(plan.planner.decide(plan.rows[i])) == shown(plan.decisions[i]));
        CHECK(plan.planner.decide(plan.rows[i]) == plan.decisions[i]);
        CHECK(plan.planner.sends(plan.rows[i]) == std::holds_alternative<Send>(plan.decisions[i]));
    }
}

TEST_CASE("broken promises are exceptions") {
    Plan plan;
    const auto target = plan.target(1, 2);
    const Row first = contact_row(1, id_of(1), target);
    CHECK_THROWS_AS(plan.planner.decide(first), std::logic_error);
    CHECK_THROWS_AS(plan.planner.consider(contact_row(2, id_of(1), target)), std::logic_error);
    plan.consider(first);
    CHECK_THROWS_AS(plan.planner.consider(first), std::logic_error);
    plan.planner.finish();
    CHECK_THROWS_AS(plan.planner.finish(), std::logic_error);
    CHECK_THROWS_AS(plan.planner.consider(contact_row(2, id_of(2), target)), std::logic_error);
    CHECK_THROWS_AS(plan.planner.decide(contact_row(2, id_of(2), target)), std::logic_error);
    CHECK_THROWS_AS(Plan(small_shape(0)), std::logic_error);

    Plan other;
    CHECK_THROWS_AS(other.contact(1, 0), std::logic_error);  // a target that nobody interned
}

TEST_CASE("a row that is passed over is in no request, and makes no later row a duplicate") {
    Plan plan;
    const auto target = plan.target(1, 2);
    const Row settled = contact_row(1, id_of(10), target);
    plan.planner.pass_over(settled);
    plan.rows.push_back(settled);
    CHECK(plan.contact(10, target) == "send");
    plan.planner.finish();
    CHECK_FALSE(plan.planner.sends(settled));
    CHECK(plan.planner.sends(plan.rows[1]));
    CHECK(plan.planner.totals().passed_over == 1);
    CHECK(plan.planner.totals().rows == 2);
    CHECK(plan.planner.load(target).contact_rows == 1);
    CHECK_THROWS_AS(plan.planner.decide(settled), std::logic_error);
}

TEST_CASE("a row that is withdrawn is in no request, and later ones with its contact repeat it") {
    Plan plan;
    const auto target = plan.target(1, 2);
    CHECK(plan.contact(10, target) == "send");
    CHECK(plan.contact(11, target) == "send");
    plan.planner.withdraw(plan.rows.back());
    CHECK(plan.contact(11, target) == "duplicate same_as_row_2");
    CHECK(plan.contact(12, target) == "send");
    plan.planner.finish();
    CHECK(plan.planner.sends(plan.rows[0]));
    CHECK_FALSE(plan.planner.sends(plan.rows[1]));
    CHECK(plan.planner.load(target).contact_rows == 2);
    CHECK(plan.planner.requests() == 1);
    CHECK(plan.planner.totals().to_send == 2);
    CHECK(plan.planner.totals().passed_over == 1);
}

TEST_CASE("only the row considered last can be withdrawn, and only rows in order passed over") {
    Plan plan;
    const auto target = plan.target(1, 2);
    plan.contact(10, target);
    plan.contact(11, target);
    CHECK_THROWS_AS(plan.planner.withdraw(plan.rows.front()), std::logic_error);
    CHECK_THROWS_AS(plan.planner.pass_over(contact_row(7, id_of(12), target)), std::logic_error);
}
