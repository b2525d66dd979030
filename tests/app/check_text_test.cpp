#include "seqload/app/check_text.hpp"

#include "app/team_fixture.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::app {

using namespace test_team;

TEST_CASE("a person reads what is there, what would go wrong, and what to do about it") {
    CHECK(check_text(needs(), good_team(), {}) ==
          "key        accepted, a master key\n"
          "quota      minute: unlimited, hour: 388 of 400 left, day: 1,500 of 2,000 left\n"
          "plan       5 requests for 3 sequences from 3 mailboxes\n"
          "labels     3 labels with 127 contacts\n"
          "\n"
          "Everything would work.\n");
    const std::vector<Finding> found{{Severity::error, "it is gone", "bring it back", 1'234},
                                     {Severity::warning, "it is slow", "wait", 0}};
    CHECK(check_text(needs(), good_team(), found)
              .ends_with("error: it is gone (1,234 rows)\n"
                         "    bring it back\n"
                         "warning: it is slow\n"
                         "    wait\n"
                         "\n"
                         "1 problem would keep rows from being added, and 1 warning.\n"));
    CHECK(check_text(needs(), good_team(), std::vector{found.back()})
              .ends_with("Everything would work, with 1 warning.\n"));
}

TEST_CASE("without a plan only the key and the quota are told of") {
    Team team;
    team.usage = usage(2000);
    CHECK(check_text({}, team, {}) ==
          "key        accepted, a master key\n"
          "quota      minute: unlimited, hour: 388 of 400 left, day: 2,000 of 2,000 left\n"
          "\n"
          "The key works; give it a FILE to check a load.\n");
}

TEST_CASE("a key whose usage could not be read is not called a master key") {
    CHECK(check_text({}, {}, {}).starts_with("key        accepted\n"));
}

TEST_CASE("a hundred findings are cut short for a person, and told whole to programs") {
    const std::vector<Finding> many(100, {Severity::error, "gone", "look", 1});
    CHECK(check_text(needs(), good_team(), many).find("… and 50 more\n") != std::string::npos);
    CHECK(nlohmann::json::parse(check_json(needs(), good_team(), many))["findings"].size() == 100);
}

TEST_CASE("a finding with a place says it first, for people and for programs") {
    std::vector<Finding> found{{Severity::error, "no sequence is called 'X'", "look", 2}};
    found.front().place = "leads.csv:3";
    CHECK(findings_text(found) ==
          "error: leads.csv:3: no sequence is called 'X' (2 rows)\n    look\n");
    const auto json = nlohmann::json::parse(check_json(needs(), good_team(), found));
    CHECK(json["findings"][0]["place"] == "leads.csv:3");
}

TEST_CASE("in the log each finding is a line with its level, and its sequence where it is of one") {
    std::vector<Finding> found{{Severity::error, "it is gone", "bring it back", 2},
                               {Severity::warning, "it is slow", "", 0}};
    found[0].place = "leads.csv:3";
    found[0].reason = reason::sequence_not_found;
    found[0].id = id(1);
    CHECK(finding_lines(found) ==
          std::vector<LogLine>{{.level = LogLevel::error,
                                .message = "leads.csv:3: it is gone (2 rows) (bring it back)",
                                .sequence_id = id(1).text()},
                               {.level = LogLevel::warning, .message = "it is slow"}});
    const auto many = finding_lines(std::vector(100, found[0]));
    CHECK(many.size() == 51);
    CHECK(many.back() == LogLine{.level = LogLevel::error, .message = "… and 50 more"});
    CHECK(finding_lines({}).empty());
}

TEST_CASE("programs read the same in plain values") {
    const std::vector<Finding> found{{Severity::warning, "it is slow", "wait", 3}};
    const auto json = nlohmann::json::parse(check_json(needs(), good_team(), found));
    CHECK(json["ok"] == true);
    CHECK(json["quota"]["hour"] == nlohmann::json({{"limit", 400}, {"used", 12}, {"left", 388}}));
    CHECK(json["quota"]["minute"]["limit"].is_null());
    CHECK(json["requests"] == 5);
    CHECK(json["sequences"][0] == nlohmann::json({{"sequence_id", id(1).text()},
                                                  {"rows", 100},
                                                  {"name", "Welcome"},
                                                  {"active", true},
                                                  {"archived", false}}));
    CHECK(json["labels"][1] ==
          nlohmann::json({{"label", "Leads"}, {"rows", 1}, {"contacts", 120}}));
    CHECK(json["findings"][0] ==
          nlohmann::json(
              {{"severity", "warning"}, {"what", "it is slow"}, {"next", "wait"}, {"rows", 3}}));
    const std::vector<Finding> bad{{Severity::error, "gone", "look", 1}};
    CHECK(nlohmann::json::parse(check_json(needs(), Team(), bad))["ok"] == false);
}

}  // namespace seqload::app
