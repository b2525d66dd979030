#include "seqload/sandbox/route.hpp"

#include "seqload/base/text.hpp"
#include "seqload/sandbox/parameters.hpp"

namespace seqload::sandbox {
namespace {

constexpr std::array<RouteInfo, route_count> infos{{
    {"add_contact_ids", "POST", "api/v1/emailer_campaigns/add_contact_ids",
     "api/v1/emailer_campaigns/{sequence_id}/add_contact_ids", "api/v1/emailer_campaigns",
     "add_contact_ids"},
    {"remove_or_stop_contact_ids", "POST", "api/v1/emailer_campaigns/remove_or_stop_contact_ids",
     "api/v1/emailer_campaigns/remove_or_stop_contact_ids", "api/v1/emailer_campaigns",
     "remove_or_stop_contact_ids"},
    {"search_sequences", "POST", "api/v1/emailer_campaigns/search",
     "api/v1/emailer_campaigns/search", "api/v1/emailer_campaigns", "search"},
    {"list_email_accounts", "GET", "api/v1/email_accounts/index", "api/v1/email_accounts",
     "api/v1/email_accounts", "index"},
    {"list_labels", "GET", "api/v1/labels/index", "api/v1/labels", "api/v1/labels", "index"},
    {"create_label", "POST", "api/v1/labels/create", "api/v1/labels/create", "api/v1/labels",
     "create"},
    {"search_users", "GET", "api/v1/users/search", "api/v1/users/search", "api/v1/users", "search"},
    {"search_contacts", "POST", "api/v1/contacts/search", "api/v1/contacts/search",
     "api/v1/contacts", "search"},
    {"show_contact", "GET", "api/v1/contacts/show", "api/v1/contacts/{contact_id}",
     "api/v1/contacts", "show"},
    {"usage_stats", "POST", "api/v1/usage_stats/api_usage_stats",
     "api/v1/usage_stats/api_usage_stats", "api/v1/usage_stats", "api_usage_stats"},
}};

// The path of a route after /api/v1/, where {} stands for an id.
constexpr std::array<std::string_view, route_count> paths{
    "emailer_campaigns/{}/add_contact_ids",
    "emailer_campaigns/remove_or_stop_contact_ids",
    "emailer_campaigns/search",
    "email_accounts",
    "labels",
    "labels",
    "users/search",
    "contacts/search",
    "contacts/{}",
    "usage_stats/api_usage_stats",
};

// The id if the path is of that form, empty if the form has none.
std::optional<std::string> matched(std::string_view form, std::string_view path) {
    const auto wanted = split(form, '/');
    const auto given = split(path, '/');
    if (wanted.size() != given.size())
        return std::nullopt;
    std::string id;
    for (std::size_t part = 0; part < wanted.size(); ++part) {
        if (wanted[part] == "{}")
            id = percent_decoded(given[part], false);
        else if (wanted[part] != given[part])
            return std::nullopt;
    }
    return id;
}

}  // namespace

const RouteInfo& info(Route route) {
    return infos[static_cast<std::size_t>(route)];
}

std::optional<Route> find_route(std::string_view name) {
    for (const Route route : routes)
        if (info(route).name == name)
            return route;
    return std::nullopt;
}

Routing route_request(std::string_view method, std::string_view path) {
    constexpr std::string_view root = "/api/v1/";
    Routing routing;
    if (!path.starts_with(root))
        return routing;
    path.remove_prefix(root.size());
    for (const Route route : routes) {
        const auto id = matched(paths[static_cast<std::size_t>(route)], path);
        if (!id)
            continue;
        if (info(route).method == method) {
            routing.match = RouteMatch{route, *id};
            return routing;
        }
        routing.otherwise = NoRoute::other_method;
    }
    return routing;
}

}  // namespace seqload::sandbox
