#include "seqload/apollo/mailboxes.hpp"

#include "json_values.hpp"
#include "request_text.hpp"
#include "seqload/apollo/message.hpp"
#include "seqload/base/text.hpp"

namespace seqload::apollo {

namespace {

using nlohmann::json;

// Apollo lists the address itself among them.
std::vector<std::string> aliases_in(const json& value, std::string_view email) {
    std::vector<std::string> aliases;
    const auto member = value.find("aliases");
    if (member == value.end() || !member->is_array())
        return aliases;
    for (const json& alias : *member) {
        if (!alias.is_string())
            continue;
        const auto& address = alias.get_ref<const std::string&>();
        if (!trimmed(address).empty() && !equal_ignoring_case(address, email))
            aliases.push_back(address);
    }
    return aliases;
}

// `revoked_at` is the time of it; anything but null, false and an empty text is one.
bool is_revoked(const json& value) {
    const auto member = value.find("revoked_at");
    if (member == value.end() || member->is_null())
        return false;
    return member->is_string() ? !trimmed(member->get_ref<const std::string&>()).empty()
                               : *member != false;
}

std::optional<Mailbox> mailbox_in(const json& value) {
    const auto id = id_of(value);
    if (!id)
        return std::nullopt;
    std::string email = text_in(value, "email");
    std::vector<std::string> aliases = aliases_in(value, email);
    return Mailbox{.id = *id,
                   .email = std::move(email),
                   .active = flag_in(value, "active", true),
                   .revoked = is_revoked(value),
                   .inactive_reason = one_line(text_in(value, "inactive_reason")),
                   .aliases = std::move(aliases),
                   .user = Id::parse(text_in(value, "user_id")),
                   .daily_limit = small_number_in(value, "email_daily_threshold")};
}

}  // namespace

net::Request mailboxes_request(const Credentials& credentials, std::string_view user_agent) {
    net::Request request;
    request.method = "GET";
    request.target = "/api/v1/email_accounts";
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<std::vector<Mailbox>, std::string> read_mailboxes(std::string_view body) {
    const auto whole = whole_json(body);
    if (!whole)
        return std::unexpected(whole.error());
    return list_in(*whole, "email_accounts", mailbox_in);
}

}  // namespace seqload::apollo
