#include "seqload/plan/rows_covered.hpp"

#include "plan/plan_fixture.hpp"
#include "seqload/plan/batch_order.hpp"
#include "seqload/plan/grouper.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using seqload::plan::test::Plan;

namespace {

// The sizes of the batches in the order in which they go.
std::vector<std::size_t> sizes_in_order(Plan& plan) {
    std::vector<std::size_t> sizes;
    const auto note = [&sizes](const std::vector<Batch>& batches) {
        for (const Batch& batch : batches)
            sizes.push_back(batch.size());
    };
    Grouper contacts(plan.planner);
    BatchOrder order(plan.planner);
    for (const Row& row : plan.rows) {
        if (!row.is_label())
            note(order.take(contacts.add(row)));
    }
    note(order.take(contacts.flush()));
    note(order.before_labels());
    Grouper labels(plan.planner);
    for (const Row& row : plan.rows) {
        if (row.is_label())
            note(order.take(labels.add(row)));
    }
    note(order.take(labels.flush()));
    note(order.rest());
    return sizes;
}

}  // namespace

TEST_CASE("full requests go first, then partial ones by size, and labels last") {
    Plan plan;
    const TargetIndex large = plan.target(1, 3);
    const TargetIndex small = plan.target(2, 3);
    plan.label("all", small);
    for (std::uint64_t contact = 1; contact <= 7; ++contact)
        plan.contact(contact, large);
    plan.contact(8, small);
    plan.contact(9, small);
    plan.planner.finish();
    CHECK(rows_covered(plan.planner, 0) == 0);
    CHECK(rows_covered(plan.planner, 1) == 3);
    CHECK(rows_covered(plan.planner, 2) == 6);
    CHECK(rows_covered(plan.planner, 3) == 8);
    CHECK(rows_covered(plan.planner, 4) == 9);
    CHECK(rows_covered(plan.planner, 5) == 10);
    CHECK(rows_covered(plan.planner, 1000) == 10);
}

TEST_CASE("where all requests are of one size it is what the order of batches settles") {
    CHECK(rc::check([] {
        Plan plan;
        const std::uint64_t capacity = *rc::gen::inRange(1U, 5U);
        const auto targets = *rc::gen::inRange(1U, 6U);
        const auto rows = *rc::gen::inRange(0U, 60U);
        for (unsigned row = 1; row <= rows; ++row) {
            const TargetIndex target = plan.target(1 + *rc::gen::inRange(0U, targets), capacity);
            if (*rc::gen::inRange(0, 8) == 0)
                plan.label("l" + std::to_string(row), target);
            else
                plan.contact(row, target);
        }
        plan.planner.finish();
        std::uint64_t requests = 0;
        std::uint64_t settled = 0;
        for (const std::size_t size : sizes_in_order(plan)) {
            RC_ASSERT(rows_covered(plan.planner, requests) == settled);
            settled += size;
            ++requests;
        }
        RC_ASSERT(rows_covered(plan.planner, requests) == settled);
    }));
}
