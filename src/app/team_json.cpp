#include "seqload/app/team_json.hpp"

#include "whole_number.hpp"

#include <cstdint>
#include <exception>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

std::string team_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Id id_in(const Json& json) {
    const auto id = Id::parse(json.get<std::string>());
    if (!id)
        throw std::invalid_argument("an id cannot be read");
    return *id;
}

template <typename Value>
Json perhaps(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

template <typename Value>
std::optional<Value> perhaps_in(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(whole_number<Value>(json));
}

Json item_json(const apollo::Sequence& sequence) {
    return {{"id", sequence.id.text()},
            {"name", sequence.name},
            {"active", sequence.active},
            {"archived", sequence.archived},
            {"steps", perhaps(sequence.steps)}};
}

Json item_json(const apollo::Mailbox& mailbox) {
    return {{"id", mailbox.id.text()},
            {"email", mailbox.email},
            {"active", mailbox.active},
            {"revoked", mailbox.revoked},
            {"inactive_reason", mailbox.inactive_reason},
            {"aliases", mailbox.aliases},
            {"user", mailbox.user ? Json(mailbox.user->text()) : Json()},
            {"daily_limit", perhaps(mailbox.daily_limit)}};
}

Json item_json(const apollo::Label& label) {
    return {{"id", label.id.text()},
            {"name", label.name},
            {"modality", label.modality},
            {"count", perhaps(label.count)}};
}

Json item_json(const apollo::User& user) {
    return {{"id", user.id.text()},
            {"email", user.email},
            {"name", user.name},
            {"deleted", user.deleted}};
}

void read_item(const Json& json, apollo::Sequence& sequence) {
    sequence.id = id_in(json.at("id"));
    sequence.name = json.at("name").get<std::string>();
    sequence.active = json.at("active").get<bool>();
    sequence.archived = json.at("archived").get<bool>();
    sequence.steps = perhaps_in<std::uint32_t>(json.at("steps"));
}

void read_item(const Json& json, apollo::Mailbox& mailbox) {
    mailbox.id = id_in(json.at("id"));
    mailbox.email = json.at("email").get<std::string>();
    mailbox.active = json.at("active").get<bool>();
    mailbox.revoked = json.at("revoked").get<bool>();
    mailbox.inactive_reason = json.at("inactive_reason").get<std::string>();
    mailbox.aliases = json.at("aliases").get<std::vector<std::string>>();
    if (const Json& user = json.at("user"); !user.is_null())
        mailbox.user = id_in(user);
    mailbox.daily_limit = perhaps_in<std::uint32_t>(json.at("daily_limit"));
}

void read_item(const Json& json, apollo::Label& label) {
    label.id = id_in(json.at("id"));
    label.name = json.at("name").get<std::string>();
    label.modality = json.at("modality").get<std::string>();
    label.count = perhaps_in<std::uint64_t>(json.at("count"));
}

void read_item(const Json& json, apollo::User& user) {
    user.id = id_in(json.at("id"));
    user.email = json.at("email").get<std::string>();
    user.name = json.at("name").get<std::string>();
    user.deleted = json.at("deleted").get<bool>();
}

template <typename Item>
std::string items_json(const std::vector<Item>& items) {
    Json json = Json::array();
    for (const Item& item : items)
        json.push_back(item_json(item));
    return team_text(json);
}

// Whatever goes wrong in it: it is of no use.
template <typename Read>
auto read_json(std::string_view text, const Read& read) -> std::optional<decltype(read(Json()))> {
    try {
        return read(Json::parse(text));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

template <typename Item>
std::optional<std::vector<Item>> items_in(std::string_view text) {
    return read_json(text, [](const Json& json) {
        if (!json.is_array())
            throw std::invalid_argument("no list");
        std::vector<Item> items;
        for (const Json& entry : json)
            read_item(entry, items.emplace_back());
        return items;
    });
}

}  // namespace

std::string list_json(const std::vector<apollo::Sequence>& sequences) {
    return items_json(sequences);
}

std::string list_json(const std::vector<apollo::Mailbox>& mailboxes) {
    return items_json(mailboxes);
}

std::string list_json(const std::vector<apollo::Label>& labels) {
    return items_json(labels);
}

std::string list_json(const std::vector<apollo::User>& users) {
    return items_json(users);
}

std::string list_json(const apollo::Usage& usage) {
    Json json = Json::object();
    for (const apollo::MeteredRoute route : apollo::metered_routes) {
        if (!usage[route])
            continue;
        Json& entry = json[std::string(apollo::name(route))];
        for (const Window window : windows) {
            const apollo::WindowUsage& now = (*usage[route])[window];
            entry[std::string(name(window))] = {{"unlimited", now.unlimited},
                                                {"limit", perhaps(now.limit)},
                                                {"consumed", perhaps(now.consumed)},
                                                {"left", perhaps(now.left)}};
        }
    }
    return team_text(json);
}

template <>
std::optional<std::vector<apollo::Sequence>> list_in(std::string_view text) {
    return items_in<apollo::Sequence>(text);
}

template <>
std::optional<std::vector<apollo::Mailbox>> list_in(std::string_view text) {
    return items_in<apollo::Mailbox>(text);
}

template <>
std::optional<std::vector<apollo::Label>> list_in(std::string_view text) {
    return items_in<apollo::Label>(text);
}

template <>
std::optional<std::vector<apollo::User>> list_in(std::string_view text) {
    return items_in<apollo::User>(text);
}

template <>
std::optional<apollo::Usage> list_in(std::string_view text) {
    return read_json(text, [](const Json& json) {
        if (!json.is_object())
            throw std::invalid_argument("no usage");
        apollo::Usage usage;
        for (const apollo::MeteredRoute route : apollo::metered_routes) {
            const auto entry = json.find(std::string(apollo::name(route)));
            if (entry == json.end())
                continue;
            apollo::RouteUsage& read = usage[route].emplace();
            for (const Window window : windows) {
                const Json& then = entry->at(std::string(name(window)));
                read[window] = {.unlimited = then.at("unlimited").get<bool>(),
                                .limit = perhaps_in<std::uint32_t>(then.at("limit")),
                                .consumed = perhaps_in<std::uint32_t>(then.at("consumed")),
                                .left = perhaps_in<std::uint32_t>(then.at("left"))};
            }
        }
        return usage;
    });
}

}  // namespace seqload::app
