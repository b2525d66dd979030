#include "seqload/apollo/usage.hpp"

#include "json_values.hpp"
#include "request_text.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>

namespace seqload::apollo {

namespace {

using nlohmann::json;

// `["api/v1/emailer_campaigns", "add_contact_ids"]` as "emailer_campaigns/add_contact_ids".
std::string route_named_by(const std::string& key) {
    const json pair = json::parse(key, nullptr, false);
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
        return {};
    constexpr std::string_view root = "api/v1/";
    std::string_view controller = pair[0].get_ref<const std::string&>();
    if (controller.starts_with(root))
        controller.remove_prefix(root.size());
    return joined(controller, "/", pair[1].get_ref<const std::string&>());
}

WindowUsage window_in(const json& value) {
    WindowUsage usage;
    const auto limit = value.find("limit");
    usage.unlimited = limit != value.end() && (limit->is_null() || *limit == "");
    usage.limit = small_number_in(value, "limit");
    usage.consumed = small_number_in(value, "consumed");
    usage.left = small_number_in(value, "left_over");
    if (usage.limit && usage.consumed) {
        const std::uint32_t rest = *usage.limit - std::min(*usage.limit, *usage.consumed);
        usage.left = std::min(usage.left.value_or(rest), rest);
    }
    return usage;
}

// nullopt: not a window in it.
std::optional<RouteUsage> route_in(const json& value) {
    RouteUsage usage;
    bool has_window = false;
    for (const Window window : windows) {
        const auto member = value.is_object() ? value.find(name(window)) : value.end();
        if (!value.is_object() || member == value.end() || !member->is_object())
            continue;
        usage[window] = window_in(*member);
        has_window = true;
    }
    return has_window ? std::optional(usage) : std::nullopt;
}

}  // namespace

std::string_view name(MeteredRoute route) {
    static constexpr std::array<std::string_view, metered_routes.size()> names{
        "emailer_campaigns/add_contact_ids",
        "emailer_campaigns/remove_or_stop_contact_ids",
        "contacts/show",
        "contacts/search",
        "emailer_campaigns/search",
        "email_accounts/index",
        "labels/index",
        "users/search",
    };
    return names[static_cast<std::size_t>(route)];
}

net::Request usage_request(const Credentials& credentials, std::string_view user_agent) {
    net::Request request;
    request.method = "POST";
    request.target = "/api/v1/usage_stats/api_usage_stats";
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<Usage, std::string> read_usage(std::string_view body) {
    const auto whole = whole_json(body);
    if (!whole)
        return std::unexpected(whole.error());
    Usage usage;
    bool has_route = false;
    for (const auto& [key, value] : whole->items()) {
        const std::string named = route_named_by(key);
        const auto windows_of_route = named.empty() ? std::nullopt : route_in(value);
        if (!windows_of_route)
            continue;
        has_route = true;
        for (const MeteredRoute route : metered_routes) {
            if (name(route) == named)
                usage[route] = windows_of_route;
        }
    }
    if (!has_route)
        return std::unexpected(wrong_shape("JSON without the usage of any route", *whole));
    return usage;
}

}  // namespace seqload::apollo
