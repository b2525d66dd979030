#include "seqload/apollo/users.hpp"

#include "json_values.hpp"
#include "request_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

namespace seqload::apollo {

namespace {

using nlohmann::json;

// Apollo leaves `name` empty where only the parts of it, or neither, are known.
std::string name_in(const json& value) {
    std::string name = text_in(value, "name");
    if (!trimmed(name).empty())
        return name;
    return std::string(
        trimmed(joined(text_in(value, "first_name"), " ", text_in(value, "last_name"))));
}

std::optional<User> user_in(const json& value) {
    const auto id = id_of(value);
    if (!id)
        return std::nullopt;
    return User{.id = *id,
                .email = text_in(value, "email"),
                .name = name_in(value),
                .deleted = flag_in(value, "deleted", false)};
}

}  // namespace

net::Request users_request(std::uint32_t page, const Credentials& credentials,
                           std::string_view user_agent) {
    net::Request request;
    request.method = "GET";
    request.target = joined("/api/v1/users/search?page=", std::to_string(page));
    append_parameter(request.target, "per_page", std::to_string(items_per_page));
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<UserPage, std::string> read_users(std::string_view body) {
    const auto whole = whole_json(body);
    if (!whole)
        return std::unexpected(whole.error());
    auto users = list_in(*whole, "users", user_in);
    if (!users)
        return std::unexpected(std::move(users.error()));
    const auto pagination = pagination_in(*whole);
    if (!pagination)
        return std::unexpected<std::string>("users without the number of their pages");
    return UserPage{std::move(*users), *pagination};
}

}  // namespace seqload::apollo
