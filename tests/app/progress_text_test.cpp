#include "seqload/app/progress_text.hpp"

#include "seqload/base/timestamp.hpp"
#include "support/time_zone.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

struct LineUnderWay {
    test::TimeZone zone{"UTC0"};
    WallView view{*parse_timestamp("2026-11-25T15:30:00Z")};
    Progress progress;

    LineUnderWay() {
        progress.rows = 81'200;
        progress.settled[RowStatus::added] = 39'800;
        progress.settled[RowStatus::skipped] = 200;
        progress.requests_sent = 401;
        progress.requests_left = 412;
        progress.quota[0] = {.limit = 200, .left = 112, .until = view.after(40s)};
        progress.quota[1] = {.limit = 400, .left = 0, .until = view.after(58min)};
        progress.to_go = 2h + 58min;
    }

    std::string waiting(const dispatch::Wait& wait, Duration left) const {
        return waiting_text({wait, view.after(left)}, progress, view);
    }
};

}  // namespace

TEST_CASE_FIXTURE(LineUnderWay, "a line of progress has rows, requests, quota and the time to go") {
    CHECK(progress_text(progress, view) ==
          "40,000 of 81,200 rows settled (added 39,800, skipped 200), 401 requests sent; quota "
          "left: 112 this minute, 0 this hour; 412 requests to go: about 2 h 58 min, until 18:28");
}

TEST_CASE_FIXTURE(LineUnderWay, "what is not known or not limited is left out") {
    progress.settled = {};
    progress.quota = {};
    CHECK(progress_text(progress, view)
              .starts_with("0 of 81,200 rows settled, 401 requests sent; 412 requests to go"));
}

TEST_CASE_FIXTURE(LineUnderWay, "at the end nothing is to go") {
    progress.requests_left = 0;
    progress.rows = 40'000;
    CHECK(progress_text(progress, view).ends_with("0 this hour"));
}

TEST_CASE_FIXTURE(LineUnderWay,
                  "a wait says for which window, until when, and when all will be done") {
    CHECK(waiting(dispatch::QuotaWait{Window::hour, 58min}, 58min) ==
          "the hour quota is used up: waiting 58 min, until 16:28; 412 requests to go: about 2 h "
          "58 min, until 18:28");
    CHECK(waiting(dispatch::QuotaWait{Window::day, 6min, true}, 6min) ==
          "the day quota is used up, until when is not known: the next request looks in 6 min, at "
          "15:36:00; 412 requests to go: about 2 h 58 min, until 18:28");
}

TEST_CASE_FIXTURE(LineUnderWay, "a wait for the API to come back says when it is looked for") {
    CHECK(waiting(dispatch::ProbeWait{30s}, 30s) ==
          "nothing gets through: one request at a time looks whether that is over, the next in 30 "
          "s, at 15:30:30");
    CHECK(waiting(dispatch::RetryWait{4200ms}, 4200ms) ==
          "what is left has failed, and is tried again in 4.2 s, at 15:30:05");
}
