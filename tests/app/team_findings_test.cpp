#include "seqload/app/team_findings.hpp"

#include "app/team_fixture.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

TEST_CASE("a team in which everything is there and in use gives nothing to find") {
    CHECK(findings(needs(), good_team()).empty());
    CHECK(contacts_of(needs(), good_team()) == 127);
}

TEST_CASE("what is missing, archived or unusable is an error, with the rows that depend on it") {
    Team team = good_team();
    team.sequences->at(0).archived = true;
    team.sequences->erase(team.sequences->begin() + 1);
    team.mailboxes->at(0).revoked = true;
    team.mailboxes->at(1).active = false;
    team.mailboxes->at(1).inactive_reason = "password changed";
    team.mailboxes->pop_back();
    team.users->at(0).deleted = true;
    team.users->pop_back();
    team.labels->at(2).modality = "accounts";
    team.labels->erase(team.labels->begin());

    const auto found = findings(needs(), team);
    std::vector<std::string> lines;
    for (const Finding& finding : found) {
        CHECK(finding.severity == Severity::error);
        CHECK_FALSE(finding.next.empty());
        lines.push_back(finding.what + " " + std::to_string(finding.rows));
    }
    CHECK(lines == std::vector<std::string>{
                       "sequence " + id(1).text() + " (Welcome) is archived 100",
                       "sequence " + id(2).text() + " does not exist in this team 20",
                       "mailbox " + id(11).text() + " (a@x.com) has had its access revoked 50",
                       "mailbox " + id(12).text() + " (b@x.com) is inactive: password changed 40",
                       "mailbox " + id(13).text() + " does not exist in this team 33",
                       "label \"Firms\" is not for contacts 3",
                       "label \"Leads\" does not exist in this team 1",
                       "user " + id(21).text() + " (a@x.com) is deleted 7",
                       "user " + id(22).text() + " does not exist in this team 8"});
}

TEST_CASE("what works, but not as one may think, is a warning, and comes after the errors") {
    Team team = good_team();
    team.sequences->at(2).active = false;
    team.labels->at(1).count = 0;
    team.usage = usage(4);
    team.mailboxes->clear();
    team.troubles = {"the team's users could not be read: timeout"};
    const auto found = findings(needs(), team);
    REQUIRE(found.size() == 7);
    CHECK(std::ranges::is_sorted(found, {}, &Finding::severity));
    CHECK(found[2].severity == Severity::error);
    CHECK(found[3].what == "sequence " + id(3).text() + " (Launch) is not active");
    CHECK(found[4].what == "label \"Nobody\" has nobody in it");
    CHECK(found[5].what == "the plan takes 5 requests, and 4 are left of today's quota");
    CHECK(found[6].what == "the team's users could not be read: timeout");
}

TEST_CASE("of a list that was not read nothing is claimed") {
    CHECK(findings(needs(), Team()).empty());
    CHECK(contacts_of(needs(), Team()) == 0);
}

TEST_CASE("a label that is nearly there is named") {
    TeamNeeds asked;
    asked.labels = {{"Leeds", 1}};
    const auto found = findings(asked, good_team());
    REQUIRE(found.size() == 1);
    CHECK(found.front().next == "did you mean \"Leads\"?");
}

TEST_CASE("a label counts whatever else goes by its name") {
    Team team = good_team();
    team.labels->insert(team.labels->begin(),
                        {.id = id(40), .name = "Leads", .modality = "accounts", .count = 9});
    CHECK(findings(needs(), team).empty());
    CHECK(contacts_of(needs(), team) == 127);
}

TEST_CASE("terminal codes in Apollo's names do not reach the findings") {
    Team team = good_team();
    team.sequences->at(0).name = "\x1b[31mred";
    team.sequences->at(0).archived = true;
    CHECK(findings(needs(), team).front().what.find('\x1b') == std::string::npos);
}

}  // namespace seqload::app
