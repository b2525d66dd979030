#include "seqload/app/try_text.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::app;

TEST_CASE("a try is told by its status and what was said") {
    dispatch::TryResult result;
    result.http_status = 200;
    CHECK(try_text(result) == "HTTP 200");
    result.http_status = 503;
    result.message = "down\x1b[2J";
    CHECK(try_text(result) == "HTTP 503: down\\x1b[2J");
}

TEST_CASE("a try without an answer has no status") {
    dispatch::TryResult result;
    result.message = "connection reset";
    CHECK(try_text(result) == "no answer: connection reset");
}

TEST_CASE("outcomes are counted by their status, in the order of the report") {
    state::StatusCounts rows;
    rows[RowStatus::failed] = 1;
    rows[RowStatus::skipped] = 2;
    rows[RowStatus::added] = 1'000;
    CHECK(outcomes_text(rows) == "1,000 added, 2 skipped, 1 failed");
    CHECK(outcomes_text({}).empty());
}
