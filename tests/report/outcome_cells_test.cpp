#include "seqload/report/outcome_cells.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using report::OutcomeCells;
using state::RecordedOutcome;

namespace {

RecordedOutcome added_in(state::BatchNumber batch) {
    RecordedOutcome recorded{};
    recorded.outcome.status = RowStatus::added;
    recorded.outcome.contacts_added = 1;
    recorded.outcome.contacts_skipped = 0;
    recorded.batch = batch;
    recorded.http_status = 200;
    recorded.attempts = 2;
    recorded.request_id = "request";
    recorded.settled_at = WallTime(std::chrono::seconds(1));
    return recorded;
}

constexpr const char* added_cells = "added,,,1,0,200,2,request,1970-01-01T00:00:01.000Z";

}  // namespace

TEST_CASE("the cells say what became of a row") {
    OutcomeCells cells(false);
    CHECK(cells(added_in(1)) == added_cells);

    RecordedOutcome same{};
    same.outcome.status = RowStatus::duplicate;
    same.outcome.reason = "same_as_row";
    same.outcome.same_as = 17;
    same.settled_at = WallTime(std::chrono::milliseconds(5));
    CHECK(cells(same) == "duplicate,same_as_row_17,,,,,,,1970-01-01T00:00:00.005Z");
    CHECK(cells(RecordedOutcome{}) == "not_attempted,,,,,,,,");
}

TEST_CASE("a server's words are quoted where they must be, and defused on request") {
    RecordedOutcome failed = added_in(1);
    failed.outcome.detail = "=a,b";
    CHECK(OutcomeCells(false)(failed).starts_with("added,,\"=a,b\","));
    CHECK(OutcomeCells(true)(failed).starts_with("added,,\"'=a,b\","));
}

TEST_CASE("rows of a batch that fared otherwise have their own words") {
    OutcomeCells cells(false);
    RecordedOutcome skipped = added_in(1);
    skipped.outcome.status = RowStatus::skipped;
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(cells(added_in(1)) == added_cells);
        CHECK(cells(skipped).starts_with("skipped,"));
    }
}

TEST_CASE("words that are put together once are those that each row would have by itself") {
    const auto outcome = rc::gen::exec([] {
        RecordedOutcome recorded =
            added_in(*rc::gen::element<state::BatchNumber>(1, 2, 1025, 2049));
        recorded.outcome.row = *rc::gen::arbitrary<RowNumber>();
        if (*rc::gen::inRange(0, 4) == 0)
            recorded.batch.reset();
        // Mostly alike, for else nothing is ever remembered.
        switch (*rc::gen::inRange(0, 20)) {
            case 0:
                recorded.outcome.status = RowStatus::skipped;
                break;
            case 1:
                recorded.outcome.reason = "reason";
                break;
            case 2:
                recorded.outcome.detail = "a detail";
                break;
            case 3:
                recorded.outcome.detail = std::string(2000, 'x');
                break;
            case 4:
                recorded.outcome.same_as = 3;
                break;
            case 5:
                recorded.outcome.contacts_added.reset();
                break;
            case 6:
                recorded.outcome.contacts_skipped = 7;
                break;
            case 7:
                recorded.http_status.reset();
                break;
            case 8:
                recorded.attempts = 9;
                break;
            case 9:
                recorded.request_id = "another";
                break;
            case 10:
                recorded.settled_at += std::chrono::milliseconds(1);
                break;
            default:
                break;
        }
        return recorded;
    });
    CHECK(rc::check("any sequence of rows", [&] {
        OutcomeCells remembering(false);
        for (const RecordedOutcome& one :
             *rc::gen::container<std::vector<RecordedOutcome>>(outcome))
            RC_ASSERT(remembering(one) == OutcomeCells(false)(one));
    }));
}
