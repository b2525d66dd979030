#pragma once

// What the team has used of its quota, route by route: `POST
// /api/v1/usage_stats/api_usage_stats` (openapi.json, operation post_apiusage;
// facts.md, "Quota"). Needs a master key, and says nothing of when a window ends.

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/net/message.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::apollo {

// The routes that seqload itself calls; each has windows of its own.
enum class MeteredRoute : std::uint8_t {
    add_contacts,
    remove_contacts,
    show_contact,
    search_contacts,
    search_sequences,
    list_mailboxes,
    list_labels,
    search_users,
};

inline constexpr std::array metered_routes{
    MeteredRoute::add_contacts,    MeteredRoute::remove_contacts,  MeteredRoute::show_contact,
    MeteredRoute::search_contacts, MeteredRoute::search_sequences, MeteredRoute::list_mailboxes,
    MeteredRoute::list_labels,     MeteredRoute::search_users,
};

// As the statistics spell it: "emailer_campaigns/add_contact_ids".
std::string_view name(MeteredRoute route);

// What is not said is nullopt. The same parts as a quota::WindowReading, which comes from headers.
struct WindowUsage {
    bool unlimited = false;  // a limit that is null or empty
    std::optional<std::uint32_t> limit = std::nullopt;
    std::optional<std::uint32_t> consumed = std::nullopt;
    // The smaller of what is said and of what limit and consumed leave: in Apollo's own example
    // they disagree.
    std::optional<std::uint32_t> left = std::nullopt;

    bool operator==(const WindowUsage&) const = default;
};

struct RouteUsage {
    std::array<WindowUsage, windows.size()> per_window;

    WindowUsage& operator[](Window window) { return per_window[static_cast<std::size_t>(window)]; }
    const WindowUsage& operator[](Window window) const {
        return per_window[static_cast<std::size_t>(window)];
    }

    bool operator==(const RouteUsage&) const = default;
};

struct Usage {
    std::array<std::optional<RouteUsage>, metered_routes.size()> per_route;  // nullopt: not listed

    std::optional<RouteUsage>& operator[](MeteredRoute route) {
        return per_route[static_cast<std::size_t>(route)];
    }
    const std::optional<RouteUsage>& operator[](MeteredRoute route) const {
        return per_route[static_cast<std::size_t>(route)];
    }

    bool operator==(const Usage&) const = default;
};

net::Request usage_request(const Credentials& credentials, std::string_view user_agent);

// The statistics in the body of a 2xx answer, or else why it is not the JSON expected: no object,
// or one in which no route of any kind has a window. Pure, safe from any thread.
std::expected<Usage, std::string> read_usage(std::string_view body);

}  // namespace seqload::apollo
