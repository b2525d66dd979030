#include "seqload/plan/batch_order.hpp"

#include "plan/plan_fixture.hpp"
#include "seqload/plan/grouper.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

namespace {

constexpr std::uint64_t capacity = 5;

void append(std::vector<Batch>& all, std::vector<Batch> more) {
    std::ranges::move(more, std::back_inserter(all));
}

// As the second pass does it: contacts first, then labels.
std::vector<Batch> in_order(const Plan& plan) {
    Grouper grouper(plan.planner);
    BatchOrder order(plan.planner);
    std::vector<Batch> all;
    for (const Row& row : plan.rows) {
        if (!row.is_label())
            append(all, order.take(grouper.add(row)));
    }
    append(all, order.before_labels());
    for (const Row& row : plan.rows) {
        if (row.is_label())
            append(all, order.take(grouper.add(row)));
    }
    append(all, order.rest());
    return all;
}

std::vector<std::size_t> sizes(const std::vector<Batch>& batches) {
    std::vector<std::size_t> sizes;
    for (const Batch& batch : batches)
        sizes.push_back(batch.size());
    return sizes;
}

// Contacts and labels over a few targets, in any order.
void fill_with_anything(Plan& plan) {
    std::vector<TargetIndex> targets;
    for (std::uint64_t sequence = 0; sequence < 5; ++sequence)
        targets.push_back(plan.target(sequence, capacity));
    const auto rows = *rc::gen::inRange(0, 200);
    for (int i = 0; i < rows; ++i) {
        const TargetIndex target = *rc::gen::elementOf(targets);
        if (*rc::gen::inRange(0, 5) == 0)
            plan.label(std::to_string(i), target);
        else
            plan.contact(static_cast<std::uint64_t>(i), target);
    }
}

}  // namespace

TEST_CASE("however few requests there are, no order would settle more rows with them") {
    CHECK(rc::check([] {
        Plan plan(small_shape(*rc::gen::inRange(1U, 6U)));
        fill_with_anything(plan);
        plan.planner.finish();
        const auto order = sizes(in_order(plan));
        auto best = order;
        std::ranges::sort(best, std::greater{});
        RC_ASSERT(order == best);
    }));
}

TEST_CASE("every row is in a batch, and contacts and labels of a target keep their order") {
    CHECK(rc::check([] {
        Plan plan(small_shape(*rc::gen::inRange(1U, 6U)));
        fill_with_anything(plan);
        plan.planner.finish();
        std::map<std::pair<TargetIndex, bool>, std::vector<RowNumber>> by_target;
        std::uint64_t rows = 0;
        for (const Batch& batch : in_order(plan)) {
            auto& of_target = by_target[{batch.target, batch.is_label()}];
            for (const ContactRow& row : batch.contacts)
                of_target.push_back(row.row);
            for (const LabelRow& row : batch.labels)
                of_target.push_back(row.row);
            rows += batch.size();
        }
        RC_ASSERT(rows == plan.planner.totals().to_send);
        for (const auto& [target, numbers] : by_target)
            RC_ASSERT(std::ranges::is_sorted(numbers));
    }));
}

TEST_CASE("the partial batch of a target that ends early waits for the full ones of the others") {
    Plan plan(small_shape());
    const TargetIndex small = plan.target(1, capacity);
    const TargetIndex large = plan.target(2, capacity);
    plan.contact(1, small);
    for (std::uint64_t contact = 10; contact < 20; ++contact)
        plan.contact(contact, large);
    plan.planner.finish();
    CHECK(sizes(in_order(plan)) == std::vector<std::size_t>{5, 5, 1});
}
