#include "seqload/model/outcome.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("the statuses are called as the contract says, and keep their numbers") {
    const std::vector<std::pair<int, std::string_view>> expected{
        {1, "added"},        {2, "already_in_sequence"},
        {3, "skipped"},      {4, "duplicate"},
        {5, "excluded"},     {6, "invalid"},
        {7, "failed"},       {8, "unconfirmed"},
        {9, "not_attempted"}};
    std::vector<std::pair<int, std::string_view>> found;
    for (const RowStatus status : row_statuses)
        found.emplace_back(static_cast<int>(status), name(status));
    CHECK(found == expected);
}

TEST_CASE("a person is needed where spec.md says so") {
    std::vector<std::string_view> needing;
    for (const RowStatus status : row_statuses) {
        if (needs_person(status, false))
            needing.push_back(name(status));
    }
    CHECK(needing == std::vector<std::string_view>{"invalid", "failed", "unconfirmed"});
}

TEST_CASE("asking to fail on skipped rows adds these and no others") {
    for (const RowStatus status : row_statuses) {
        CAPTURE(name(status));
        CHECK(needs_person(status, true) ==
              (needs_person(status, false) || status == RowStatus::skipped));
    }
}

TEST_CASE("a duplicate's reason names the row that it repeats") {
    Outcome outcome;
    outcome.reason = reason::same_as_row;
    outcome.same_as = 4'294'967'295;
    CHECK(full_reason(outcome) == "same_as_row_4294967295");
    outcome.same_as = 17;
    CHECK(full_reason(outcome) == "same_as_row_17");
}

TEST_CASE("any other reason stands for itself") {
    Outcome outcome;
    CHECK(full_reason(outcome) == "");
    outcome.reason = "contacts_unsubscribed";
    CHECK(full_reason(outcome) == "contacts_unsubscribed");
}
