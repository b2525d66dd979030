#include "seqload/report/reported_rows.hpp"

#include "report/run_fixture.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using report::NextOutcome;
using report::ReportedRows;
using test::contact;
using test::outcome;

namespace {

NextOutcome those(std::vector<Outcome> outcomes) {
    return
        [outcomes = std::move(outcomes), next = std::size_t{0},
         recorded = state::RecordedOutcome()]() mutable -> Result<const state::RecordedOutcome*> {
            if (next == outcomes.size())
                return nullptr;
            recorded.outcome = outcomes[next++];
            return &recorded;
        };
}

std::unexpected<Error> vanished() {
    return fail(ErrorKind::changed_input, "is gone", "1.csv");
}

// "1 added, 2 not_attempted?": a question mark where there are no cells.
std::string walk(ReportedRows& rows) {
    std::string text;
    while (rows.next().value()) {
        const auto& current = rows.current();
        CHECK(current.outcome().row == current.number);
        if (current.row)
            CHECK(current.row->number == current.number);
        text += (text.empty() ? "" : ", ") + std::to_string(current.number) + " " +
                std::string(name(current.status())) + (current.row ? "" : "?");
    }
    return text;
}

struct ThreeRows : test::Reading {
    ThreeRows() { add("contact_id\n" + contact + "\n" + contact + "\nx\n"); }
};

}  // namespace

TEST_CASE_FIXTURE(ThreeRows, "each row has its outcome, or was not attempted") {
    ReportedRows rows(reader(),
                      those({outcome(1, RowStatus::added), outcome(3, RowStatus::invalid)}), 3);
    CHECK(walk(rows) == "1 added, 2 not_attempted, 3 invalid");
    CHECK_FALSE(rows.input_trouble());
    CHECK_FALSE(rows.next().value());
}

TEST_CASE_FIXTURE(ThreeRows, "without a plan the rows are those of the input") {
    ReportedRows rows(reader(), those({}), std::nullopt);
    CHECK(walk(rows) == "1 not_attempted, 2 not_attempted, 3 not_attempted");
}

TEST_CASE_FIXTURE(ThreeRows, "without the input the rows are those of the plan") {
    ReportedRows rows(vanished(), those({outcome(2, RowStatus::added)}), 3);
    CHECK(rows.reader() == nullptr);
    CHECK(walk(rows) == "1 not_attempted?, 2 added?, 3 not_attempted?");
    CHECK(rows.input_trouble() == vanished().error());
}

TEST_CASE_FIXTURE(ThreeRows, "without input and plan the rows go up to the last outcome") {
    ReportedRows rows(vanished(), those({outcome(2, RowStatus::added)}), std::nullopt);
    CHECK(walk(rows) == "1 not_attempted?, 2 added?");
}

TEST_CASE_FIXTURE(ThreeRows, "an outcome beyond the input is reported, too") {
    ReportedRows rows(reader(), those({outcome(5, RowStatus::added)}), 3);
    CHECK(walk(rows) ==
          "1 not_attempted, 2 not_attempted, 3 not_attempted, 4 not_attempted?, "
          "5 added?");
}

TEST_CASE("rows of an input that fails midway go on without cells") {
    test::Reading reading;
    std::string text = "contact_id,filler\n";
    for (int row = 0; row < 10'000; ++row)
        text += contact + "," + std::string(1000, 'x') + "\n";
    reading.add(text);
    const auto all = reading.rows();
    text.replace(8 << 20U, 3, "yyy");
    reading.directory.write("1.csv", text);
    ReportedRows rows(reading.reader(), those({outcome(9'999, RowStatus::added)}), all.size());
    RowNumber with_cells = 0;
    RowNumber count = 0;
    while (rows.next().value()) {
        ++count;
        REQUIRE(rows.current().number == count);
        if (rows.current().row) {
            CHECK(++with_cells == count);
        }
        REQUIRE((rows.current().status() == RowStatus::added) == (count == 9'999));
    }
    CHECK(count == 10'000);
    CHECK(with_cells > 1'000);
    CHECK(with_cells < 9'000);
    REQUIRE(rows.input_trouble());
    CHECK(rows.input_trouble()->kind == ErrorKind::changed_input);
}

TEST_CASE_FIXTURE(ThreeRows, "an error of the outcomes ends the walk") {
    const auto broken = fail(ErrorKind::local_fault, "damaged", "state.db");
    state::RecordedOutcome first{};
    first.outcome = outcome(1, RowStatus::added);
    int calls = 0;
    ReportedRows rows(
        reader(),
        [&]() -> Result<const state::RecordedOutcome*> {
            if (++calls == 2)
                return broken;
            return &first;
        },
        3);
    REQUIRE(rows.next().value());
    CHECK(rows.current().status() == RowStatus::added);
    const auto failed = rows.next();
    REQUIRE_FALSE(failed);
    CHECK(failed.error() == broken.error());
}

TEST_CASE_FIXTURE(ThreeRows, "outcomes out of order, or twice, are a broken promise") {
    for (const RowNumber second : {1U, 2U}) {
        ReportedRows rows(
            reader(), those({outcome(2, RowStatus::added), outcome(second, RowStatus::added)}), 3);
        CHECK(rows.next().value());
        CHECK(rows.next().value());
        CHECK_THROWS_AS(static_cast<void>(rows.next().has_value()), std::logic_error);
    }
}

TEST_CASE("every row is there once and in order, whichever are settled") {
    CHECK(rc::check("any subset", [] {
        const auto count = *rc::gen::inRange<RowNumber>(0, 50);
        const auto settled = *rc::gen::container<std::set<RowNumber>>(
            rc::gen::inRange<RowNumber>(1, std::max(count, 1U) + 1));
        const auto readable = *rc::gen::arbitrary<bool>();
        test::Reading reading;
        std::string text = "contact_id\n";
        for (RowNumber row = 0; row < count; ++row)
            text += contact + "\n";
        reading.add(text);
        std::map<RowNumber, RowStatus> expected;
        for (RowNumber row = 1; row <= count; ++row)
            expected[row] = RowStatus::not_attempted;
        std::vector<Outcome> outcomes;
        for (const RowNumber row : settled) {
            if (row > count)
                continue;
            expected[row] = *rc::gen::elementOf(row_statuses);
            outcomes.push_back(outcome(row, expected[row]));
        }
        ReportedRows rows(
            readable ? Result<std::unique_ptr<input::RowReader>>(reading.reader()) : vanished(),
            those(outcomes), count);
        RowNumber number = 0;
        while (rows.next().value()) {
            RC_ASSERT(rows.current().number == ++number);
            RC_ASSERT(rows.current().status() == expected.at(number));
            RC_ASSERT((rows.current().row != nullptr) == readable);
        }
        RC_ASSERT(number == count);
    }));
}
