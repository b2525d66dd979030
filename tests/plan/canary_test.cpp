#include "seqload/plan/canary.hpp"

#include "plan/plan_fixture.hpp"
#include "seqload/plan/grouper.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

namespace {

// Rows of every fate over a few targets.
void fill_for_canary(Plan& plan) {
    std::vector<TargetIndex> targets;
    const auto target_count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < target_count; ++i)
        targets.push_back(plan.target(*rc::gen::inRange(0U, 3U), *rc::gen::inRange(1U, 9U)));
    const auto rows = *rc::gen::inRange(0, 150);
    for (int i = 0; i < rows; ++i) {
        const TargetIndex target = *rc::gen::elementOf(targets);
        const auto kind = *rc::gen::inRange(0, 20);
        if (kind == 0)
            plan.invalid(InvalidReason::bad_contact_id, "x");
        else if (kind < 6)
            plan.label(std::string(1, *rc::gen::inRange('a', 'z')), target);
        else
            plan.contact(*rc::gen::inRange(0U, 100U), target);
    }
    plan.planner.finish();
}

std::vector<RowNumber> chosen(const Plan& plan, const Canary& canary) {
    CanaryRows tried(canary, plan.planner);
    std::vector<RowNumber> rows;
    for (const Row& row : plan.rows) {
        if (tried.takes(row))
            rows.push_back(row.number);
    }
    RC_ASSERT(tried.left() == 0U);
    return rows;
}

// The first rows of each target, found by sorting them all.
std::vector<RowNumber> first_rows(const Plan& plan, const Canary& canary) {
    std::map<TargetIndex, std::vector<Row>> sent;
    for (const Row& row : plan.rows) {
        if (plan.planner.sends(row))
            sent[row.target].push_back(row);
    }
    std::vector<RowNumber> first;
    for (auto& [target, rows] : sent) {
        std::ranges::stable_sort(rows, {}, [](const Row& row) { return row.is_label(); });
        rows.resize(std::min<std::size_t>(rows.size(), canary.lacks(target)));
        for (const Row& row : rows)
            first.push_back(row.number);
    }
    std::ranges::sort(first);
    return first;
}

std::uint64_t requests_for(const Plan& plan, const Canary& canary) {
    std::uint64_t requests = 0;
    for (const bool tried_first : {true, false}) {
        Grouper grouper(plan.planner);
        CanaryRows tried(canary, plan.planner);
        for (const Row& row : plan.rows) {
            if (tried.takes(row) == tried_first)
                requests += grouper.add(row).size();
        }
        requests += grouper.flush().size();
    }
    return requests;
}

}  // namespace

TEST_CASE("a canary is the first rows of each target that are sent, contacts before labels") {
    CHECK(rc::check([] {
        Plan plan;
        fill_for_canary(plan);
        const Canary canary{.rows = *rc::gen::inRange(0U, 20U)};
        RC_ASSERT(chosen(plan, canary) == first_rows(plan, canary));
    }));
}

TEST_CASE("what has passed or is under way is not chosen once more") {
    CHECK(rc::check(
        [](const std::vector<std::uint8_t>& passed, const std::vector<std::uint8_t>& under_way) {
            Plan plan;
            fill_for_canary(plan);
            const Canary canary{.rows = *rc::gen::inRange(0U, 20U),
                                .passed = {passed.begin(), passed.end()},
                                .under_way = {under_way.begin(), under_way.end()}};
            RC_ASSERT(chosen(plan, canary) == first_rows(plan, canary));
        }));
    const Canary canary{.rows = 5, .passed = {2, 5, 9, 0}, .under_way = {1, 0, 0, 7}};
    for (const auto& [target, lacking] :
         std::map<TargetIndex, std::uint32_t>{{0, 2}, {1, 0}, {2, 0}, {3, 0}, {4, 5}})
        CHECK(canary.lacks(target) == lacking);
}

TEST_CASE("its cost is what it says, and one request a target at most") {
    CHECK(rc::check([](bool one_label) {
        Plan plan(small_shape(one_label ? 1 : *rc::gen::inRange(2U, 6U)));
        fill_for_canary(plan);
        const Canary canary{.rows = *rc::gen::inRange(0U, 20U)};
        const CanaryCost cost = cost_of(canary, plan.planner);
        const auto more = requests_for(plan, canary) - plan.planner.requests();
        RC_ASSERT(cost.rows == chosen(plan, canary).size());
        RC_ASSERT(cost.more_requests <= cost.targets);
        RC_ASSERT(more <= cost.more_requests);
        if (one_label)
            RC_ASSERT(more == cost.more_requests);
    }));
}

TEST_CASE("the rest of a target fills its requests as if the canary had never been") {
    Plan plan;
    const auto target = plan.target(1, 5);
    for (std::uint64_t contact = 0; contact < 12; ++contact)
        plan.contact(contact, target);
    plan.planner.finish();
    CHECK(plan.planner.requests() == 3);
    // 2 and 5 and 5: no request more. 5 and 5 and 2: nor here. 3 and 5 and 4.
    for (const std::uint32_t rows : {2U, 3U, 5U})
        CHECK(cost_of({.rows = rows}, plan.planner) == CanaryCost{1, rows, 0});
    CHECK(cost_of({.rows = 1}, plan.planner) == CanaryCost{1, 1, 1});
    CHECK(cost_of({.rows = 100}, plan.planner) == CanaryCost{1, 12, 0});
    CHECK(cost_of({}, plan.planner) == CanaryCost{});
}
