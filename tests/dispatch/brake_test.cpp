#include "seqload/dispatch/brake.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::dispatch {

namespace {

std::vector<Outcome> rows(std::size_t count, RowStatus status, std::string_view reason = "") {
    Outcome outcome;
    outcome.status = status;
    outcome.reason = reason;
    return std::vector<Outcome>(count, outcome);
}

}  // namespace

TEST_CASE("tolerances are numbers of rows or shares of them, and nothing else") {
    CHECK(parse_tolerance("20") == Tolerance{.is_share = false, .amount = 20});
    CHECK(parse_tolerance("0") == Tolerance{.is_share = false, .amount = 0});
    CHECK(parse_tolerance("5%") == Tolerance{.is_share = true, .amount = 5});
    CHECK(parse_tolerance("100%") == Tolerance{.is_share = true, .amount = 100});
    for (const char* bad : {"", "%", "-1", "+1", "1.5", "101%", "5 %", "5%%", "many", "1e3", "."})
        CHECK_FALSE(parse_tolerance(bad));
    CHECK(to_text(*parse_tolerance("0.5%")) == "0.5%");
}

TEST_CASE("a tolerance is known again from its text") {
    CHECK(rc::check([](std::uint16_t number) {
        for (const std::string& text : {std::to_string(number), std::to_string(number % 101) + '%'})
            RC_ASSERT(to_text(*parse_tolerance(text)) == text);
    }));
}

TEST_CASE("a number is put up with, and one more stops, from the first answer on") {
    Brake brake({.failed = parse_tolerance("2"), .skipped = {}});
    brake.take(rows(2, RowStatus::failed));
    CHECK_FALSE(brake.verdict());
    brake.take(rows(1, RowStatus::failed));
    CHECK(brake.verdict() ==
          "3 of the 3 rows answered so far were failed, more than --max-failed 2 allows");
}

TEST_CASE("a share is judged from a hundred answers on") {
    Brake brake({.failed = {}, .skipped = parse_tolerance("5%")});
    brake.take(rows(99, RowStatus::skipped, "contacts_without_email"));
    CHECK_FALSE(brake.verdict());
    brake.take(rows(1, RowStatus::added));
    CHECK(brake.verdict());

    Brake fair({.failed = {}, .skipped = parse_tolerance("5%")});
    fair.take(rows(95, RowStatus::added));
    fair.take(rows(5, RowStatus::skipped));
    CHECK_FALSE(fair.verdict());
    fair.take(rows(1, RowStatus::skipped));
    CHECK(fair.verdict());
}

TEST_CASE("rows that needed no request are no answers") {
    Brake brake({.failed = parse_tolerance("50%"), .skipped = {}});
    brake.take(rows(1'000, RowStatus::invalid));
    brake.take(rows(1'000, RowStatus::duplicate));
    brake.take(rows(60, RowStatus::failed));
    CHECK_FALSE(brake.verdict());
    brake.take(rows(40, RowStatus::unconfirmed));
    CHECK(brake.verdict());
}

TEST_CASE("without limits nothing stops a run") {
    Brake brake({});
    brake.take(rows(1'000, RowStatus::failed));
    CHECK_FALSE(brake.verdict());
}

TEST_CASE("that Apollo knows nobody is noticed after a hundred, and only if it is nobody") {
    Brake brake({});
    brake.take(rows(99, RowStatus::skipped, reason::contact_not_found));
    CHECK_FALSE(brake.knows_nobody());
    brake.take(rows(1, RowStatus::skipped, reason::contact_not_found));
    CHECK(brake.knows_nobody());
    brake.take(rows(1, RowStatus::added));
    CHECK_FALSE(brake.knows_nobody());
}

}  // namespace seqload::dispatch
