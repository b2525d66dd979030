// Asked by seqload's own requests, the sandbox says what seqload's own readers
// understand: the two describe the same Apollo.

#include "client.hpp"
#include "seqload/apollo/label_contacts.hpp"
#include "seqload/apollo/labels.hpp"
#include "seqload/apollo/mailboxes.hpp"
#include "seqload/apollo/name_search.hpp"
#include "seqload/apollo/sequences.hpp"
#include "seqload/apollo/usage.hpp"
#include "seqload/apollo/users.hpp"
#include "small_world.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

apollo::Credentials credentials() {
    return std::move(apollo::Credentials::key("master").value());
}

std::string answer(Client& client, const net::Request& request) {
    const Heard heard = client.ask(request.method, request.target, request.body);
    CHECK(heard.status == 200);
    return heard.body;
}

World full_world() {
    Json json = world_json();
    json["sequences"].push_back({{"id", "66e9e215ece19801b2199909"},
                                 {"name", "Welcome"},
                                 {"archived", true},
                                 {"steps", 7}});
    json["mailboxes"].push_back({{"id", "6633baaece5fbd01c791d709"},
                                 {"email", "left@mail.example.com"},
                                 {"revoked_at", "2026-01-05T09:00:00Z"},
                                 {"aliases", {"left@news.example.com"}}});
    json["generate_sequences"] = {{"prefix", "77e9000000000000"}, {"count", 150}};
    return world_of(json);
}

}  // namespace

TEST_CASE("every page of sequences is read, and names are found in them") {
    Client client(full_world());
    std::vector<apollo::Sequence> sequences;
    std::optional<std::uint32_t> page = 1;
    while (page) {
        const auto read = apollo::read_sequences(
            answer(client, apollo::sequences_request(*page, "", credentials(), "agent")));
        REQUIRE(read);
        sequences.insert(sequences.end(), read->sequences.begin(), read->sequences.end());
        page = read->pagination.next();
    }
    CHECK(sequences.size() == 155);
    CHECK(client.requests().size() == 2);
    const auto named = apollo::named(sequences);
    CHECK(apollo::find_by_name(apollo::NameKind::sequence, named, "welcome")->text() ==
          active_sequence);
    const auto past = std::ranges::find(sequences, true, &apollo::Sequence::archived);
    REQUIRE(past != sequences.end());
    CHECK(past->steps == 7U);
    const auto some = apollo::read_sequences(
        answer(client, apollo::sequences_request(1, "renewal spring", credentials(), "agent")));
    REQUIRE(some);
    CHECK(some->sequences.size() == 1);
}

TEST_CASE("mailboxes, labels and users are read as the world has them") {
    Client client(full_world());
    const auto mailboxes =
        apollo::read_mailboxes(answer(client, apollo::mailboxes_request(credentials(), "agent")));
    REQUIRE(mailboxes);
    REQUIRE(mailboxes->size() == 5);
    CHECK(mailboxes->front().usable());
    CHECK(mailboxes->front().id.text() == mailbox);
    CHECK(mailboxes->front().aliases.empty());
    CHECK(mailboxes->back().revoked);
    CHECK(mailboxes->back().aliases == std::vector<std::string>{"left@news.example.com"});
    CHECK((*mailboxes)[2].active == false);

    const auto labels =
        apollo::read_labels(answer(client, apollo::labels_request(credentials(), "agent")));
    REQUIRE(labels);
    CHECK(labels->front().count == 100U);
    CHECK_FALSE(labels->back().for_contacts());

    const auto users =
        apollo::read_users(answer(client, apollo::users_request(1, credentials(), "agent")));
    REQUIRE(users);
    CHECK(users->users.size() == 2);
    CHECK(users->users.back().email == "kim@example.com");
    CHECK_FALSE(users->pagination.next());
}

TEST_CASE("a label's contacts are read to the last page, everyone once") {
    Json json = world_json();
    json["generate"]["count"] = 2500;
    Client client(world_of(json));
    const Id label = *Id::parse("66e361494acd1307386d4001");
    std::vector<std::string> seen;
    std::optional<std::uint32_t> page = 1;
    while (page) {
        const auto read = apollo::read_label_contacts(
            answer(client, apollo::label_contacts_request(label, *page, credentials(), "agent")));
        REQUIRE(read);
        CHECK(read->unreadable == 0);
        CHECK(read->pagination.total_entries == 250);
        for (const Id& id : read->contacts)
            seen.push_back(id.text());
        page = read->pagination.next();
    }
    CHECK(client.requests().size() == 3);
    REQUIRE(seen.size() == 250);
    for (unsigned number = 0; number < 250; ++number)
        REQUIRE(seen[number] == contact(number * 10));
}

TEST_CASE("the usage of every route that seqload calls is read, unlimited windows as such") {
    Client client(small_world(), "[]", {{200, std::nullopt, 2000}});
    client.add({contact(1)});
    const auto usage =
        apollo::read_usage(answer(client, apollo::usage_request(credentials(), "agent")));
    REQUIRE(usage);
    for (const apollo::MeteredRoute route : apollo::metered_routes)
        CHECK((*usage)[route]);
    const apollo::RouteUsage add = *(*usage)[apollo::MeteredRoute::add_contacts];
    CHECK(add[Window::minute] == apollo::WindowUsage{.limit = 200, .consumed = 1, .left = 199});
    CHECK(add[Window::hour] == apollo::WindowUsage{.unlimited = true, .consumed = 1});
    CHECK(add[Window::day].left == 1999U);
}
