#include "seqload/app/team_memory.hpp"

#include "app/team_fixture.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{std::chrono::hours(12)};

struct Remembered {
    std::unique_ptr<state::Store> store = std::move(*state::Store::open_in_memory());
    TeamMemory memory{*store, "https://localhost", "key"};

    explicit Remembered(const Team& team, WallTime at = noon) {
        REQUIRE(memory.keep(team, {}, at).has_value());
    }
};

QuotaLimits learned(const apollo::WindowUsage& hour) {
    apollo::Usage told = usage(1500);
    (*told[apollo::MeteredRoute::add_contacts])[Window::hour] = hour;
    ConnectionOptions connection;
    learn_limits(told, connection);
    return connection.limits;
}

}  // namespace

TEST_CASE("what works and was read in time is remembered, without what is left of the quota") {
    const Remembered remembered(good_team());
    const Recollection found = remembered.memory.recall(needs(), noon);
    CHECK(found.team.sequences == good_team().sequences);
    CHECK(found.team.mailboxes == good_team().mailboxes);
    CHECK(found.team.labels == good_team().labels);
    CHECK(found.team.users == good_team().users);
    CHECK(found.oldest == noon);
    REQUIRE(found.team.usage);
    const auto& adding = (*found.team.usage)[apollo::MeteredRoute::add_contacts];
    REQUIRE(adding);
    CHECK((*adding)[Window::hour].limit == 400U);
    CHECK_FALSE((*adding)[Window::hour].left);
}

TEST_CASE("what is older, another team's or another host's is not remembered") {
    const Remembered remembered(good_team());
    CHECK_FALSE(remembered.memory.recall(needs(), noon + 1ms).team.sequences);
    CHECK_FALSE(TeamMemory(*remembered.store, "https://localhost", "other").usage());
    CHECK_FALSE(TeamMemory(*remembered.store, "https://elsewhere", "key").usage());
    CHECK(remembered.memory.usage());
}

TEST_CASE("a list in which something is missing or does not work is asked for again, alone") {
    Team team = good_team();
    team.sequences->front().archived = true;
    team.users->pop_back();
    const Remembered remembered(team);
    const Recollection found = remembered.memory.recall(needs(), noon);
    CHECK_FALSE(found.team.sequences);
    CHECK_FALSE(found.team.users);
    CHECK(found.team.mailboxes);
    CHECK(found.team.labels);
}

TEST_CASE("what was known before is not kept as though it had just been read") {
    Remembered remembered(good_team());
    REQUIRE(remembered.memory.keep(good_team(), good_team(), noon + 1h).has_value());
    CHECK(remembered.memory.recall(needs(), noon).oldest == noon);
}

TEST_CASE("limits that Apollo tells are learned, those that were given stay") {
    CHECK(learned({.limit = 600})[Window::hour] == 600U);
    CHECK_FALSE(learned({.unlimited = true})[Window::hour]);
    ConnectionOptions given;
    given.limits[Window::hour] = 7;
    given.limits_given[static_cast<std::size_t>(Window::hour)] = true;
    learn_limits(usage(1500), given);
    CHECK(given.limits[Window::hour] == 7U);
    CHECK_FALSE(given.limits[Window::minute]);
}

TEST_CASE("a limit of no requests at all is not learned: nothing could be counted with it") {
    CHECK(learned({.limit = 0})[Window::hour] == ConnectionOptions().limits[Window::hour]);
    CHECK(learned({})[Window::hour] == ConnectionOptions().limits[Window::hour]);
}

}  // namespace seqload::app
