#pragma once

// The nine operations of openapi.json: how each is called, and by which of its
// names it is spoken of in refusals and in the usage statistics.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::sandbox {

enum class Route : std::uint8_t {
    add_contact_ids,
    remove_or_stop_contact_ids,
    search_sequences,
    list_email_accounts,
    list_labels,
    create_label,
    search_users,
    search_contacts,
    show_contact,
    usage_stats,
};

inline constexpr std::size_t route_count = 10;

inline constexpr std::array routes{
    Route::add_contact_ids,  Route::remove_or_stop_contact_ids,
    Route::search_sequences, Route::list_email_accounts,
    Route::list_labels,      Route::create_label,
    Route::search_users,     Route::search_contacts,
    Route::show_contact,     Route::usage_stats,
};

struct RouteInfo {
    std::string_view name;         // in fault rules, worlds and the request log
    std::string_view method;       // "POST"
    std::string_view scope;        // in a key's scopes and in the 403's message
    std::string_view public_name;  // in the 429's message
    std::string_view controller;   // in the usage statistics: ["api/v1/labels", …
    std::string_view action;       // … "index"]
};

const RouteInfo& info(Route route);

std::optional<Route> find_route(std::string_view name);

struct RouteMatch {
    Route route = Route::add_contact_ids;
    std::string path_id;  // the id in the path, percent-decoded, of the routes that have one
};

enum class NoRoute : std::uint8_t { unknown_path, other_method };

struct Routing {
    std::optional<RouteMatch> match;
    NoRoute otherwise = NoRoute::unknown_path;
};

// path: the target up to the '?'.
Routing route_request(std::string_view method, std::string_view path);

}  // namespace seqload::sandbox
