#pragma once

// A team with one thing of every kind and state, and a plan that needs them all.

#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/model/target.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app::test_team {

inline Id id(std::uint8_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes.back() = number;
    return Id(bytes);
}

inline Target target(const Id& sequence, std::vector<Id> mailboxes,
                     std::optional<Id> user = std::nullopt) {
    Target made;
    made.sequence = sequence;
    made.mailboxes = std::move(mailboxes);
    made.user = user;
    return made;
}

inline TeamNeeds needs() {
    TeamNeeds made;
    made.sequences = {{id(1), 100}, {id(2), 20}, {id(3), 3}};
    made.mailboxes = {{id(11), 50}, {id(12), 40}, {id(13), 33}};
    made.users = {{id(21), 7}, {id(22), 8}};
    made.labels = {{"Leads", 1}, {"Nobody", 2}, {"Firms", 3}};
    made.requests = 5;
    return made;
}

inline apollo::Usage usage(std::uint32_t left_today) {
    apollo::Usage made;
    apollo::RouteUsage route;
    route[Window::minute] = {.unlimited = true};
    route[Window::hour] = {.limit = 400, .consumed = 12, .left = 388};
    route[Window::day] = {.limit = 2000, .consumed = 2000 - left_today, .left = left_today};
    made[apollo::MeteredRoute::add_contacts] = route;
    return made;
}

// Everything is as it should be.
inline Team good_team() {
    Team team;
    team.usage = usage(1500);
    team.sequences = {{.id = id(1), .name = "Welcome"},
                      {.id = id(2), .name = "Renewal"},
                      {.id = id(3), .name = "Launch"}};
    team.mailboxes = {{.id = id(11), .email = "a@x.com"},
                      {.id = id(12), .email = "b@x.com"},
                      {.id = id(13), .email = "c@x.com"}};
    team.users = {{.id = id(21), .email = "a@x.com"}, {.id = id(22), .email = "b@x.com"}};
    team.labels = {{.id = id(31), .name = "Leads", .modality = "contacts", .count = 120},
                   {.id = id(32), .name = "Nobody", .modality = "contacts", .count = 3},
                   {.id = id(33), .name = "Firms", .modality = "contacts", .count = 4}};
    return team;
}

}  // namespace seqload::app::test_team
