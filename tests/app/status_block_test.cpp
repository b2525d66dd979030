#include "seqload/app/status_block.hpp"

#include "seqload/app/columns.hpp"
#include "seqload/base/timestamp.hpp"
#include "support/time_zone.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

struct BlockUnderWay {
    test::TimeZone zone{"UTC0"};
    WallView view{*parse_timestamp("2026-11-25T15:30:00Z")};
    Progress progress;

    BlockUnderWay() {
        progress.rows = 81'200;
        progress.settled[RowStatus::added] = 39'797;
        progress.settled[RowStatus::skipped] = 200;
        progress.settled[RowStatus::failed] = 3;
        progress.requests_sent = 401;
        progress.requests_left = 412;
        progress.quota[0] = {.limit = 200, .left = 112, .until = view.after(40s)};
        progress.quota[1] = {.limit = 400, .left = 0, .until = view.after(58min)};
        progress.waiting = {dispatch::QuotaWait{Window::hour, 58min}, view.after(58min)};
        progress.to_go = 2h + 58min;
    }

    std::string block(const BlockShape& shape) const {
        std::string text;
        for (const std::string& line : status_block(progress, view, shape))
            text += line + '\n';
        return text;
    }
    std::string block(std::size_t columns) const { return block({.columns = columns}); }
};

}  // namespace

TEST_CASE_FIXTURE(BlockUnderWay, "on a wide terminal the block says everything") {
    const std::string text =
        "rows        40,000 of 81,200 settled, 49%  [#########-----------]\n"
        "            added 39,797, skipped 200, failed 3\n"
        "waiting     until 16:28 (58 min): the hour quota is used up\n"
        "to go       about 2 h 58 min, until 18:28\n"
        "requests    401 sent, 412 to go\n"
        "quota left  minute 112/200, hour 0/400 until 16:28\n";
    CHECK(block(80) == text);
    CHECK(block(200) == text);
}

TEST_CASE_FIXTURE(BlockUnderWay,
                  "on a narrow terminal what matters stands first, and the rest is cut") {
    CHECK(block(40) ==
          "rows 49%, 40,000 of 81,200\n"
          "added 39,797, skipped 200, failed 3\n"
          "waiting until 16:28 (58 min): the hour…\n"
          "to go 2 h 58 min, until 18:28\n"
          "requests 401 sent, 412 to go\n"
          "quota minute 112/200, hour 0/400 until…\n");
    CHECK(block(20) ==
          "rows 49%, 40,000 o…\n"
          "added 39,797, skip…\n"
          "waiting until 16:2…\n"
          "to go 2 h 58 min, …\n"
          "requests 401 sent,…\n"
          "quota minute 112/2…\n");
}

TEST_CASE_FIXTURE(BlockUnderWay,
                  "no line reaches the last column, however narrow the terminal is") {
    for (std::size_t columns = 1; columns <= 120; ++columns) {
        for (const std::string& line : status_block(progress, view, {.columns = columns}))
            CHECK(columns_of(line) <= std::max<std::size_t>(columns, 2) - 1);
    }
}

TEST_CASE_FIXTURE(
    BlockUnderWay,
    "the block leaves a row of the terminal to others, and begins with what matters") {
    CHECK(block({.columns = 40, .rows = 3}) ==
          "rows 49%, 40,000 of 81,200\n"
          "added 39,797, skipped 200, failed 3\n");
    CHECK(status_block(progress, view, {.columns = 40, .rows = 1}).size() == 1);
}

TEST_CASE_FIXTURE(BlockUnderWay, "a colour takes no column and is gone at the end of its word") {
    CHECK(block({.columns = 80, .colours = true})
              .starts_with("rows        40,000 of 81,200 settled, 49%  [\x1b[32m#########\x1b[0m"
                           "-----------]\n"
                           "            \x1b[32madded 39,797\x1b[0m, \x1b[33mskipped 200\x1b[0m, "
                           "\x1b[31mfailed 3\x1b[0m\n"));
    CHECK(block({.columns = 20, .colours = true})
              .find("\x1b[32madded 39,797\x1b[0m, \x1b[33mskip…\x1b[0m\n") != std::string::npos);
}

TEST_CASE_FIXTURE(BlockUnderWay, "what is not known, not limited or over is left out") {
    progress.settled = {};
    progress.quota = {};
    progress.waiting->until = view.now;
    progress.to_go = 200ms;
    CHECK(block(80) ==
          "rows        0 of 81,200 settled, 0%  [--------------------]\n"
          "requests    401 sent, 412 to go\n");
}

TEST_CASE_FIXTURE(BlockUnderWay, "it says what each kind of wait is for") {
    const auto waiting = [&](const dispatch::Wait& wait) {
        progress.waiting = {wait, view.after(4s)};
        return status_block(progress, view, {.columns = 100}).at(2);
    };
    CHECK(waiting(dispatch::QuotaWait{Window::day, 4s, true}) ==
          "waiting     until 15:30:04 (4 s): then a request looks whether the day quota is open "
          "again");
    CHECK(waiting(dispatch::ProbeWait{4s}) ==
          "waiting     until 15:30:04 (4 s): nothing gets through; then one request looks whether "
          "that is over");
    CHECK(waiting(dispatch::RetryWait{4s}) ==
          "waiting     until 15:30:04 (4 s): what is left has failed; then it is tried again");
}

TEST_CASE_FIXTURE(BlockUnderWay, "the time that is left of a wait is virtual, as the quota is") {
    view.scale = 60;
    progress.waiting->until = view.after(58min);
    CHECK(block(80).find("(58 min)") != std::string::npos);
}

TEST_CASE_FIXTURE(BlockUnderWay, "errands are shown by what they settle") {
    const ErrandProgress errands{.item = "contact",
                                 .done = "settled",
                                 .items = 30,
                                 .settled = 12,
                                 .requests_sent = 13,
                                 .waiting = {{Window::minute, view.after(50s)}}};
    CHECK(status_block(errands, view, {}) ==
          std::vector<std::string>{
              "contacts    12 of 30 settled, 40%  [########------------]",
              "waiting     until 15:30:50 (50 s): the minute quota is used up",
              "requests    13 sent",
          });
}
