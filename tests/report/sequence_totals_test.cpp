#include "seqload/report/sequence_totals.hpp"

#include "report/summary_fixture.hpp"

#include <doctest/doctest.h>

using namespace seqload;

namespace {

Target target_of(std::uint8_t sequence, std::uint8_t mailbox) {
    Target target = test::plain_target();
    std::array<std::uint8_t, Id::size> bytes{sequence};
    target.sequence = Id(bytes);
    bytes[0] = mailbox;
    target.mailboxes = {Id(bytes)};
    return target;
}

}  // namespace

TEST_CASE("rows are counted by sequence, whatever mailboxes they go out with") {
    state::RecordedPlan plan;
    for (const auto& [sequence, mailbox] : {std::pair{1, 1}, {2, 1}, {1, 2}, {3, 1}})
        plan.targets.intern(
            target_of(static_cast<std::uint8_t>(sequence), static_cast<std::uint8_t>(mailbox)));
    plan.per_target = {{.rows = 10, .requests = 1},
                       {.rows = 50, .requests = 1},
                       {.rows = 5, .labels = 1, .requests = 2},
                       {.rows = 2, .requests = 1}};
    state::Counts counts;
    counts.targets[0].rows[RowStatus::added] = 10;
    counts.targets[2].rows[RowStatus::failed] = 2;

    const auto sequences = report::sequences_of(plan, counts, 2, [](const Id& id) {
        return id == target_of(1, 1).sequence ? std::string("Welcome") : std::string();
    });
    REQUIRE(sequences.largest.size() == 2);
    CHECK(sequences.largest[0].rows.total() == 50);
    CHECK(sequences.largest[0].rows[RowStatus::not_attempted] == 50);
    CHECK(sequences.largest[0].name.empty());
    const report::SequenceTotals& welcome = sequences.largest[1];
    CHECK(welcome.name == "Welcome");
    CHECK(welcome.rows.total() == 16);
    CHECK(welcome.rows[RowStatus::added] == 10);
    CHECK(welcome.rows[RowStatus::failed] == 2);
    CHECK(welcome.rows[RowStatus::not_attempted] == 4);
    CHECK(welcome.requests == 3);
    CHECK(sequences.left_out == 1);
    CHECK(sequences.rows_left_out.total() == 2);
}
