#include "seqload/sandbox/world_json.hpp"

#include "seqload/sandbox/team.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

World read(std::string_view text) {
    auto world = read_world(text, "world.json");
    REQUIRE_MESSAGE(world, to_string(world.error()));
    return std::move(*world);
}

std::string world_trouble(std::string_view text) {
    const auto world = read_world(text, "world.json");
    REQUIRE_FALSE(world);
    CHECK(world.error().kind == ErrorKind::usage);
    return to_string(world.error());
}

}  // namespace

TEST_CASE("an empty world has a master key and a token, and nothing else") {
    const World world = read("{}");
    CHECK(world.master_key() == "sandbox-master-key");
    CHECK(world.tokens.front().secret == "sandbox-access-token");
    CHECK(world.contacts.size() == 0);
}

TEST_CASE("the built-in world can be used at once") {
    const World world = default_world();
    CHECK(world.sequences.size() == 3);
    CHECK(world.contacts.size() == 10'000);
    CHECK(world.find_mailbox("6633baaece5fbd01c791d701"));
    CHECK(world.mailboxes[*world.find_mailbox("6633baaece5fbd01c791d703")].usable() == false);
    CHECK(world.contacts.count_with_label(*world.find_label("Trade fair")) == 100);
}

TEST_CASE("five hundred sequences and a million contacts take a line each") {
    const World world = read(R"({
        "generate_sequences": {"prefix": "77e9000000000000", "count": 500, "name": "Target"},
        "generate": {"prefix": "66f0000000000000", "count": 1000000,
                     "per_thousand": {"job_change": 100}}})");
    CHECK(world.sequences.size() == 500);
    CHECK(world.find_sequence("77e9000000000000000001f3") == 499U);
    CHECK(world.sequences[499].name == "Target 499");
    CHECK(world.contacts.find(*Id::parse("66f0000000000000000f423f")) == 999'999U);
    CHECK_FALSE(world.contacts.find(*Id::parse("66f0000000000000000f4240")));
}

TEST_CASE("members from the start are in their sequences, and the ledger does not know them") {
    const Team team(read(R"({
        "sequences": [{"id": "66e9e215ece19801b2199901"}, {"id": "66e9e215ece19801b2199902"}],
        "contacts": [{"id": "66e34b81740c500000000001", "email": "a@example.com", "memberships": [
            {"sequence": "66e9e215ece19801b2199902", "status": "finished"}]}],
        "generate": {"count": 2000, "per_thousand": {"already_in_sequence": 50},
                     "already_in": "66e9e215ece19801b2199901"}})"),
                    WallTime{});
    CHECK(team.memberships.count(0, MembershipStatus::active) == 100);
    CHECK(team.memberships.count(1, MembershipStatus::finished) == 1);
    CHECK(team.ledger.total(Deed::added) == 0);
}

TEST_CASE("what is misspelt or refers to nothing is refused with its place") {
    CHECK(world_trouble(R"({"sequences": [{"id": "66e9"}]})") ==
          "world.json: sequences[0].id: '66e9' is no id (an id is 24 hex characters)");
    CHECK(world_trouble(R"({"sequences": [{"name": "x"}]})").find("an id is needed") !=
          std::string::npos);
    CHECK(
        world_trouble(R"({"contact": []})").starts_with("world.json: there is no field 'contact'"));
    CHECK(world_trouble(
              R"({"contacts": [{"id": "66e34b81740c500000000001", "traits": ["ghost"]}]})") ==
          "world.json: contacts[0].traits: there is no trait 'ghost'");
    CHECK(world_trouble(R"({"contacts": [{"id": "66e34b81740c500000000001", "labels": ["L"]}]})") ==
          "world.json: contacts[0].labels: there is no label 'L' for contacts (name it in labels)");
    CHECK(world_trouble(R"({"generate": {"per_thousand": {"no_email": 600, "pending": 401}}})")
              .find("the shares exceed 1000") != std::string::npos);
    CHECK(
        world_trouble(R"({"generate": {"prefix": "66f0"}})").find("16 hex characters are needed") !=
        std::string::npos);
    CHECK(world_trouble(R"({"generate": {"count": 1, "per_thousand": {"already_in_sequence": 1}}})")
              .find("needs a sequence") != std::string::npos);
    CHECK(world_trouble(R"({"limits": {"list_labels": [1, 2]}})")
              .find("three numbers are expected") != std::string::npos);
    CHECK(world_trouble("{").find("not JSON") != std::string::npos);
    CHECK(world_trouble("[]").find("an object is expected") != std::string::npos);
}
