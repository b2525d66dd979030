#include "seqload/report/undo_report.hpp"

#include "seqload/base/timestamp.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::report {

namespace {

namespace fs = std::filesystem;

const WallTime began = *parse_timestamp("2026-11-24T08:00:00Z");
const WallTime ended = *parse_timestamp("2026-11-24T08:00:30Z");

state::Removal removal(std::uint64_t number, state::RemovalStatus status) {
    state::Removal made;
    made.number = number;
    made.row = static_cast<RowNumber>(10 * number);
    made.contact = *Id::parse("66e34b81740c50074e000001");
    made.sequence = *Id::parse("66e9e215ece19801b219997f");
    made.status = status;
    if (status != state::RemovalStatus::waiting) {
        made.attempts = 1;
        made.http_status = 200;
        made.request_id = "r-1";
        made.settled_at = ended;
    }
    return made;
}

// One of each status, the last with words of Apollo's.
std::vector<state::Removal> removals() {
    std::vector made{removal(1, state::RemovalStatus::removed),
                     removal(2, state::RemovalStatus::not_in_sequence),
                     removal(3, state::RemovalStatus::waiting),
                     removal(4, state::RemovalStatus::failed)};
    made[3].reason = "rejected";
    made[3].detail = "no, \"never\"";
    made[3].http_status = 422;
    return made;
}

state::RunRecord record() {
    state::RunRecord run;
    run.id = "20261124-080000-undo";
    run.command = "undo";
    run.undoes = "20261123-213622-k7q2";
    run.started_at = began;
    run.minimum_requests = 1;
    run.requests = {.sent = 2, .retried = 1, .rate_limited = 0};
    run.ending = state::Ending{
        .stop_reason = "finished", .exit_code = 1, .finished_at = ended, .counters_json = "{}"};
    return run;
}

std::string content(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("each contact of an undo has a line, and what was done is called by its mode") {
    const test::TemporaryDirectory directory;
    for (const auto& [mode, word] : {std::pair{"remove", "removed"}, std::pair{"stop", "stopped"},
                                     std::pair{"mark_as_finished", "marked_as_finished"}}) {
        const auto summary = summarize_undo(record(), mode, removals());
        REQUIRE(write_undo_files(summary, removals(), directory.path()));
        CHECK(content(directory.path() / "report.csv") ==
              "row,contact_id,sequence_id,status,reason,detail,http_status,attempts,request_id,"
              "settled_at\n"
              "10,66e34b81740c50074e000001,66e9e215ece19801b219997f," +
                  std::string(word) +
                  ",,,200,1,r-1,2026-11-24T08:00:30.000Z\n"
                  "20,66e34b81740c50074e000001,66e9e215ece19801b219997f,not_in_sequence,,,200,1,"
                  "r-1,2026-11-24T08:00:30.000Z\n"
                  "30,66e34b81740c50074e000001,66e9e215ece19801b219997f,not_attempted,,,,0,,\n"
                  "40,66e34b81740c50074e000001,66e9e215ece19801b219997f,failed,rejected,"
                  "\"no, \"\"never\"\"\",422,1,r-1,2026-11-24T08:00:30.000Z\n");
    }
}

TEST_CASE("the summary of an undo counts contacts and requests, for programs") {
    const test::TemporaryDirectory directory;
    REQUIRE(write_undo_files(summarize_undo(record(), "stop", removals()), removals(),
                             directory.path()));
    const auto json = nlohmann::json::parse(content(directory.path() / "summary.json"));
    CHECK(json["run_id"] == "20261124-080000-undo");
    CHECK(json["command"] == "undo");
    CHECK(json["undoes"] == "20261123-213622-k7q2");
    CHECK(json["mode"] == "stop");
    CHECK(json["started_at"] == "2026-11-24T08:00:00.000Z");
    CHECK(json["finished_at"] == "2026-11-24T08:00:30.000Z");
    CHECK(json["stop_reason"] == "finished");
    CHECK(json["exit_code"] == 1);
    CHECK(json["contacts"] == nlohmann::json({{"total", 4},
                                              {"removed", 1},
                                              {"not_in_sequence", 1},
                                              {"failed", 1},
                                              {"not_attempted", 1}}));
    CHECK(json["requests"] ==
          nlohmann::json({{"sent", 2}, {"retried", 1}, {"rate_limited", 0}, {"minimum", 1}}));
}

TEST_CASE("an undo that has not ended has no end in its summary") {
    state::RunRecord run = record();
    run.ending.reset();
    const auto json = nlohmann::json::parse(to_json_text(summarize_undo(run, "remove", {})));
    CHECK(json["finished_at"].is_null());
    CHECK(json["exit_code"].is_null());
}

TEST_CASE("a person reads what was done, what was not, and what to type next") {
    const std::string stopped = undo_text(summarize_undo(record(), "remove", removals()), "/out");
    CHECK(stopped ==
          "Finished: 1 of 4 contacts of run 20261123-213622-k7q2 removed.\n"
          "  1 not in the sequence any more\n"
          "  1 failed\n"
          "  1 not attempted\n"
          "\n"
          "requests   2 sent (1 at the least), in 30 s\n"
          "report     /out/report.csv\n"
          "page       /out/report.html\n"
          "\n"
          "next       seqload resume 20261124-080000-undo\n");
    const std::vector failed{removal(1, state::RemovalStatus::failed)};
    CHECK(undo_text(summarize_undo(record(), "remove", failed), "/out")
              .ends_with("then: seqload undo 20261123-213622-k7q2\n"));
    const std::vector done{removal(1, state::RemovalStatus::removed)};
    const std::string finished =
        undo_text(summarize_undo(record(), "mark_as_finished", done), "/out");
    CHECK(
        finished.starts_with("Finished: 1 of 1 contact of run 20261123-213622-k7q2 marked as "
                             "finished.\n"));
    CHECK(finished.find("next") == std::string::npos);
}

}  // namespace seqload::report
