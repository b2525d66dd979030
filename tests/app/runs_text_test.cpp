#include "seqload/app/runs_text.hpp"

#include "seqload/base/timestamp.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

ListedRun finished_load() {
    ListedRun listed;
    listed.record.id = "20261124-080000-abcd";
    listed.record.command = "load";
    listed.record.started_at = *parse_timestamp("2026-11-24T08:00:00Z");
    listed.record.inputs = {{.name = "people.csv", .path = "/people.csv"},
                            {.name = "more.csv", .path = "/more.csv"}};
    listed.record.planned_rows = 12'345;
    listed.record.ending = state::Ending{.stop_reason = "finished",
                                         .exit_code = 1,
                                         .finished_at = *parse_timestamp("2026-11-24T08:01:00Z"),
                                         .counters_json = "{}"};
    listed.record.requests.sent = 124;
    listed.record.output_directory = "/out";
    listed.rows[RowStatus::added] = 12'000;
    listed.rows[RowStatus::invalid] = 345;
    return listed;
}

ListedRun running_undo() {
    ListedRun listed;
    listed.record.id = "20261124-090000-wxyz";
    listed.record.command = "undo";
    listed.record.started_at = *parse_timestamp("2026-11-24T09:00:00Z");
    listed.record.undoes = "20261124-080000-abcd";
    listed.record.process = 4711;
    return listed;
}

}  // namespace

TEST_CASE("a run's state is told in a word or two") {
    state::RunRecord run;
    CHECK(state_of(run) == "killed");
    run.ending = state::Ending{
        .stop_reason = "gave_up", .exit_code = 5, .finished_at = {}, .counters_json = {}};
    CHECK(state_of(run) == "stopped (gave_up)");
    run.ending->stop_reason = "declined";
    CHECK(state_of(run) == "declined");
    run.ending->stop_reason = "finished";
    CHECK(state_of(run) == "finished");
    run.process = 4711;
    CHECK(state_of(run) == "running (4711)");
}

TEST_CASE("the list for people has a line for each run, in columns") {
    CHECK(runs_text({}) == "No runs on record.\n");
    const std::vector<ListedRun> runs{running_undo(), finished_load()};
    CHECK(runs_text(runs) ==
          "run                   command  state           code    rows   added  input\n"
          "20261124-090000-wxyz  undo     running (4711)     -       -       -  "
          "run 20261124-080000-abcd\n"
          "20261124-080000-abcd  load     finished           1  12,345  12,000  "
          "people.csv and 1 more\n");
}

TEST_CASE("terminal codes in a file's name do not reach the list") {
    ListedRun listed = finished_load();
    listed.record.inputs.front().name = "a\x1b[31m.csv";
    CHECK(runs_text(std::vector{listed}).find('\x1b') == std::string::npos);
}

TEST_CASE("the list for programs has everything in plain values") {
    const std::vector<ListedRun> runs{running_undo(), finished_load()};
    const auto json = nlohmann::json::parse(runs_json(runs));
    REQUIRE(json.size() == 2);
    CHECK(json[0]["undoes"] == "20261124-080000-abcd");
    CHECK(json[0]["finished_at"].is_null());
    CHECK(json[0]["exit_code"].is_null());
    CHECK(json[0]["rows"]["total"].is_null());
    CHECK(json[1]["run_id"] == "20261124-080000-abcd");
    CHECK(json[1]["started_at"] == "2026-11-24T08:00:00.000Z");
    CHECK(json[1]["exit_code"] == 1);
    CHECK(json[1]["state"] == "finished");
    CHECK(json[1]["input"] == nlohmann::json({"people.csv", "more.csv"}));
    CHECK(json[1]["rows"] ==
          nlohmann::json({{"total", 12'345}, {"added", 12'000}, {"invalid", 345}}));
    CHECK(json[1]["requests"] == 124);
    CHECK(nlohmann::json::parse(runs_json({})) == nlohmann::json::array());
}

}  // namespace seqload::app
