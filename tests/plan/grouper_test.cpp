#include "seqload/plan/grouper.hpp"

#include "plan/plan_fixture.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

namespace {

std::vector<RowNumber> rows_of(const Batch& batch) {
    std::vector<RowNumber> rows;
    for (const ContactRow& row : batch.contacts)
        rows.push_back(row.row);
    for (const LabelRow& row : batch.labels)
        rows.push_back(row.row);
    return rows;
}

using Rows = std::vector<std::vector<RowNumber>>;

Rows rows_of(const std::vector<Batch>& batches) {
    Rows rows;
    for (const Batch& batch : batches)
        rows.push_back(rows_of(batch));
    return rows;
}

// Rows of every fate, over targets that share sequences, in any order.
void fill_for_grouper(Plan& plan) {
    std::vector<TargetIndex> targets;
    const auto target_count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < target_count; ++i)
        targets.push_back(plan.target(*rc::gen::inRange(0U, 3U), *rc::gen::inRange(1U, 9U)));
    const auto contacts = *rc::gen::element(10, 1000);
    for (const int excluded : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, contacts)))
        plan.exclusions.add(id_of(static_cast<std::uint64_t>(excluded)));
    const auto rows = *rc::gen::inRange(0, 300);
    for (int i = 0; i < rows; ++i) {
        const TargetIndex target = *rc::gen::elementOf(targets);
        const auto kind = *rc::gen::inRange(0, 20);
        if (kind == 0)
            plan.invalid(InvalidReason::bad_contact_id, "x");
        else if (kind < 5)
            plan.label(std::string(*rc::gen::inRange(1U, 60U), *rc::gen::inRange('a', 'e')),
                       target);
        else
            plan.contact(static_cast<std::uint64_t>(*rc::gen::inRange(0, contacts)), target);
    }
}

std::vector<Batch> all_batches(const Plan& plan) {
    Grouper grouper(plan.planner);
    std::vector<Batch> batches;
    for (const Row& row : plan.rows) {
        for (Batch& batch : grouper.add(row))
            batches.push_back(std::move(batch));
    }
    RC_ASSERT(grouper.flush().empty());
    return batches;
}

std::size_t cost_of(const Batch& batch) {
    std::size_t cost = 0;
    for (const LabelRow& row : batch.labels)
        cost += row.label.size();
    return cost;
}

// The smallest number of batches that the first rows can make, found by trying every
// place to cut before the last batch.
std::uint64_t fewest_label_batches(const std::vector<std::size_t>& costs, std::size_t room,
                                   std::size_t per_request) {
    std::vector<std::uint64_t> fewest(costs.size() + 1, 0);
    for (std::size_t end = 1; end <= costs.size(); ++end) {
        fewest[end] = fewest[end - 1] + 1;
        std::size_t cost = 0;
        for (std::size_t start = end; start-- > 0 && end - start <= per_request;) {
            cost += costs[start];
            if (cost > room)
                break;
            fewest[end] = std::min(fewest[end], fewest[start] + 1);
        }
    }
    return fewest.back();
}

}  // namespace

TEST_CASE("a batch leaves when it is full, the last one with the target's last row") {
    Plan plan;
    const auto target = plan.target(1, 3);
    for (std::uint64_t contact = 1; contact <= 7; ++contact)
        plan.contact(contact, target);
    plan.planner.finish();

    Grouper grouper(plan.planner);
    std::vector<Rows> ready;
    for (const Row& row : plan.rows)
        ready.push_back(rows_of(grouper.add(row)));
    CHECK(ready == std::vector<Rows>{{}, {}, {{1, 2, 3}}, {}, {}, {{4, 5, 6}}, {{7}}});
    CHECK(grouper.flush().empty());
}

TEST_CASE("a batch names its target and carries contacts with their rows") {
    Plan plan;
    plan.target(9, 1);
    const auto target = plan.target(1, 2);
    plan.contact(5, target);
    plan.contact(6, target);
    plan.planner.finish();
    Grouper grouper(plan.planner);
    grouper.add(plan.rows[0]);
    Batch expected;
    expected.target = target;
    expected.contacts = {{1, id_of(5)}, {2, id_of(6)}};
    CHECK(grouper.add(plan.rows[1]) == std::vector{expected});
}

TEST_CASE("rows that are not sent hold no batch back") {
    Plan plan;
    const auto target = plan.target(1, 3);
    plan.contact(1, target);
    plan.contact(2, target);
    plan.contact(1, target);
    plan.invalid(InvalidReason::bad_flag, "x");
    plan.planner.finish();
    Grouper grouper(plan.planner);
    CHECK(grouper.add(plan.rows[0]).empty());
    CHECK(rows_of(grouper.add(plan.rows[1])) == Rows{{1, 2}});
    CHECK(grouper.add(plan.rows[2]).empty());
    CHECK(grouper.add(plan.rows[3]).empty());
}

TEST_CASE("a label is a request of its own") {
    Plan plan;
    const auto target = plan.target(1, 3);
    plan.label("a", target);
    plan.contact(1, target);
    plan.label("b", target);
    plan.planner.finish();
    Grouper grouper(plan.planner);
    CHECK(rows_of(grouper.add(plan.rows[0])) == Rows{{1}});
    CHECK(rows_of(grouper.add(plan.rows[1])) == Rows{{2}});
    CHECK(rows_of(grouper.add(plan.rows[2])) == Rows{{3}});
}

TEST_CASE("a label that no longer fits sends off those before it, and itself if it is the last") {
    Plan plan(small_shape(3));
    const auto target = plan.target(1, 1);  // room for 10
    for (const char* label : {"aaaa", "bbbb", "cccc", "d", "e", "ffffff", "ggggg"})
        plan.label(label, target);
    plan.planner.finish();
    CHECK(plan.planner.requests() == 4);
    Grouper grouper(plan.planner);
    std::vector<Rows> ready;
    for (const Row& row : plan.rows)
        ready.push_back(rows_of(grouper.add(row)));
    CHECK(ready == std::vector<Rows>{{}, {}, {{1, 2}}, {}, {{3, 4, 5}}, {}, {{6}, {7}}});
}

TEST_CASE("every row to be sent is in exactly one batch, in order, and none else is") {
    CHECK(rc::check([](bool one_label) {
        Plan plan(small_shape(one_label ? 1 : *rc::gen::inRange(2U, 6U)));
        fill_for_grouper(plan);
        plan.planner.finish();

        std::map<std::pair<TargetIndex, bool>, std::vector<RowNumber>> sent;
        for (const Batch& batch : all_batches(plan)) {
            auto& rows = sent[{batch.target, batch.is_label()}];
            RC_ASSERT(batch.contacts.empty() != batch.labels.empty());
            for (const RowNumber row : rows_of(batch))
                rows.push_back(row);
            for (const ContactRow& row : batch.contacts)
                RC_ASSERT(row.contact == plan.rows[row.row - 1].contact);
            for (const LabelRow& row : batch.labels)
                RC_ASSERT(row.label == plan.rows[row.row - 1].label);
        }
        decltype(sent) expected;
        for (std::size_t i = 0; i < plan.rows.size(); ++i) {
            const Row& row = plan.rows[i];
            RC_ASSERT(plan.planner.decide(row) == plan.decisions[i]);
            if (std::holds_alternative<Send>(plan.decisions[i]))
                expected[{row.target, row.is_label()}].push_back(row.number);
        }
        RC_ASSERT(sent == expected);
    }));
}

TEST_CASE("rows in any order make the fewest requests, as many as the planner says") {
    CHECK(rc::check([](bool one_label) {
        const auto labels_per_request = one_label ? 1 : *rc::gen::inRange(2U, 6U);
        Plan plan(small_shape(labels_per_request));
        fill_for_grouper(plan);
        plan.planner.finish();

        std::map<TargetIndex, std::uint64_t> batches;
        std::uint64_t total = 0;
        for (const Batch& batch : all_batches(plan)) {
            const std::size_t capacity = plan.planner.contacts_per_request(batch.target);
            RC_ASSERT(batch.contacts.size() <= capacity);
            RC_ASSERT(batch.labels.size() <= labels_per_request);
            RC_ASSERT(cost_of(batch) <= 10 * capacity);
            ++batches[batch.target];
            ++total;
        }

        std::map<TargetIndex, std::uint64_t> contacts;
        std::map<TargetIndex, std::vector<std::size_t>> labels;
        for (std::size_t i = 0; i < plan.rows.size(); ++i) {
            const Row& row = plan.rows[i];
            if (!std::holds_alternative<Send>(plan.decisions[i]))
                continue;
            if (row.is_label())
                labels[row.target].push_back(row.label.size());
            else
                ++contacts[row.target];
        }
        for (TargetIndex target = 0; target < plan.targets.size(); ++target) {
            const std::size_t capacity = plan.targets[target].mailboxes.front().bytes().back();
            const auto fewest =
                (contacts[target] + capacity - 1) / capacity +
                fewest_label_batches(labels[target], 10 * capacity, labels_per_request);
            RC_ASSERT(batches[target] == fewest);
            RC_ASSERT(plan.planner.load(target).requests == fewest);
        }
        RC_ASSERT(plan.planner.requests() == total);
    }));
}

TEST_CASE("no memory is set aside for rows that will not come") {
    Plan plan;
    const auto hundreds = plan.target(1, 100);
    const auto lonely = plan.target(2, 100);
    for (std::uint64_t contact = 0; contact < 130; ++contact)
        plan.contact(contact, hundreds);
    plan.contact(1, lonely);
    plan.planner.finish();
    Grouper grouper(plan.planner);
    std::vector<std::size_t> capacities;
    for (const Row& row : plan.rows) {
        for (const Batch& batch : grouper.add(row))
            capacities.push_back(batch.contacts.capacity());
    }
    CHECK(capacities == std::vector<std::size_t>{100, 30, 1});
}

TEST_CASE("where rows are left out the rest comes with the flush, by target") {
    Plan plan(small_shape(2));
    const auto first = plan.target(1, 3);
    const auto second = plan.target(2, 3);
    plan.contact(1, second);
    plan.label("a", first);
    plan.contact(2, first);
    plan.contact(3, first);
    plan.label("b", first);
    plan.contact(4, second);
    plan.planner.finish();
    Grouper grouper(plan.planner);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(grouper.add(plan.rows[i]).empty());
    CHECK(rows_of(grouper.flush()) == Rows{{3}, {2}, {1}});
    CHECK(grouper.flush().empty());
}

TEST_CASE("rows that nobody counted are a broken promise") {
    Plan plan;
    const auto target = plan.target(1, 2);
    plan.contact(1, target);
    CHECK_THROWS_AS(Grouper(plan.planner), std::logic_error);
    plan.planner.finish();
    Grouper grouper(plan.planner);
    grouper.add(plan.rows[0]);
    CHECK_THROWS_AS(grouper.add(plan.rows[0]), std::logic_error);
    CHECK_THROWS_AS(grouper.add(contact_row(2, id_of(2), target)), std::logic_error);
}
