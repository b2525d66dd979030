#pragma once

// A small world for tests, and words to speak to it with.

#include "seqload/sandbox/add_contacts.hpp"
#include "seqload/sandbox/service.hpp"
#include "seqload/sandbox/world_json.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox::test {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view active_sequence = "66e9e215ece19801b2199901";
inline constexpr std::string_view other_sequence = "66e9e215ece19801b2199902";
inline constexpr std::string_view inactive_sequence = "66e9e215ece19801b2199903";
inline constexpr std::string_view picky_sequence = "66e9e215ece19801b2199904";  // no aggregates
inline constexpr std::string_view mailbox = "6633baaece5fbd01c791d701";
inline constexpr std::string_view second_mailbox = "6633baaece5fbd01c791d702";
inline constexpr std::string_view revoked_mailbox = "6633baaece5fbd01c791d703";
inline constexpr std::string_view aggregate_mailbox = "6633baaece5fbd01c791d704";

// Contact n of the generated block; 1000 of them without traits. The first of every ten carries the
// label "Tenth".
inline std::string contact(unsigned number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id = "66f0000000000000";
    for (int shift = 28; shift >= 0; shift -= 4)
        id += digits[(number >> shift) & 15U];
    return id;
}

// Contacts that are listed: one for each reason to be skipped, by the trait's name.
inline std::string contact_with(std::string_view trait) {
    for (std::size_t at = 0; at < trait_count; ++at)
        if (trait_names[at] == trait)
            return "66e34b81740c5000000000" + std::to_string(10 + at);
    throw std::invalid_argument("no such trait");
}

inline Json world_json() {
    Json world = Json::parse(R"json({
        "keys": ["master", {"key": "scoped", "scopes": ["api/v1/contacts/search"]},
                 {"key": "closed", "closed": true}],
        "tokens": ["token"],
        "users": [{"id": "66302798d03b9601c7934ebf", "email": "robin@example.com"},
                  {"id": "60affe7d6e270a00f5db6fe4", "email": "kim@example.com"}],
        "mailboxes": [
            {"id": "6633baaece5fbd01c791d701", "email": "robin@mail.example.com"},
            {"id": "6633baaece5fbd01c791d702", "email": "news@mail.example.com"},
            {"id": "6633baaece5fbd01c791d703", "email": "gone@mail.example.com", "active": false},
            {"id": "6633baaece5fbd01c791d704", "email": "pool@mail.example.com",
             "aggregate": true}],
        "sequences": [
            {"id": "66e9e215ece19801b2199901", "name": "Welcome"},
            {"id": "66e9e215ece19801b2199902", "name": "Renewal in Spring"},
            {"id": "66e9e215ece19801b2199903", "name": "Summer", "active": false},
            {"id": "66e9e215ece19801b2199904", "name": "Picky", "aggregate_accounts": false}],
        "labels": [{"id": "66e361494acd1307386d4001", "name": "Tenth"},
                   {"id": "66e361494acd1307386d4002", "name": "Empty"},
                   {"id": "66e361494acd1307386d4003", "name": "Firms", "modality": "accounts"}],
        "contacts": [],
        "generate": {"count": 1000, "labels": [{"name": "Tenth", "every": 10}]}
    })json");
    for (const std::string_view trait : trait_names)
        if (trait != "already_in_sequence")
            world["contacts"].push_back({{"id", contact_with(trait)},
                                         {"first_name", "Ada \"the\" first"},
                                         {"last_name", "Ünal"},
                                         {"title", "Line\nbreaker"},
                                         {"company", "Back\\slash & Co."},
                                         {"email", "ada@example.com"},
                                         {"traits", {trait}}});
    return world;
}

inline World world_of(const Json& json) {
    auto world = read_world(json.dump(), "the test's world");
    if (!world)
        throw std::invalid_argument(to_string(world.error()));
    return std::move(*world);
}

inline World small_world() {
    return world_of(world_json());
}

// The query of an addition to that sequence from the usual mailbox.
inline std::string addition(std::string_view sequence, const std::vector<std::string>& contacts,
                            std::string_view more = {}) {
    std::string query = "emailer_campaign_id=" + std::string(sequence) +
                        "&send_email_from_email_account_id=" + std::string(mailbox);
    for (const std::string& id : contacts)
        query += "&contact_ids[]=" + id;
    return query + std::string(more);
}

inline Call call(std::string_view sequence, std::string_view query, RequestNumber number = 1) {
    Call made;
    made.parameters = *Parameters::read(query, {}, false);
    made.path_id = sequence;
    made.number = number;
    made.now = WallTime(std::chrono::milliseconds(1'764'000'000'000));
    return made;
}

inline Json body_of(const Effect& effect) {
    return Json::parse(effect.answer.body);
}

}  // namespace seqload::sandbox::test
