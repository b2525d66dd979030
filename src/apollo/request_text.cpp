#include "request_text.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace seqload::apollo {

namespace urls = boost::urls;

std::size_t encoded_size(std::string_view value) {
    return urls::encoded_size({value.data(), value.size()}, urls::unreserved_chars);
}

void append_parameter(std::string& query, std::string_view name, std::string_view value) {
    query += '&';
    query += name;
    query += '=';
    const std::size_t start = query.size();
    query.resize(start + encoded_size(value));
    urls::encode(query.data() + start, query.size() - start, {value.data(), value.size()},
                 urls::unreserved_chars);
}

std::string add_path(const Target& target) {
    return "/api/v1/emailer_campaigns/" + target.sequence.text() + "/add_contact_ids";
}

std::string query_target(const Target& target) {
    std::string text = add_path(target) + "?emailer_campaign_id=" + target.sequence.text();
    append_parameter(text, "send_email_from_email_account_id", target.mailboxes.front().text());
    if (!target.from_address.empty())
        append_parameter(text, "send_email_from_email_address", target.from_address);
    for (std::size_t i = 0; i < flag_count; ++i) {
        if (target.flags[i])
            append_parameter(text, flag_names[i], "true");
    }
    if (target.user)
        append_parameter(text, "user_id", target.user->text());
    if (target.status != InitialStatus::unspecified)
        append_parameter(text, "status", name(target.status));
    if (!target.auto_unpause_at.empty())
        append_parameter(text, "auto_unpause_at", target.auto_unpause_at);
    return text;
}

std::optional<std::string> query_before_rows(const Target& target, ParametersForm wanted) {
    if (wanted == ParametersForm::body || target.mailboxes.size() > 1)
        return std::nullopt;
    std::string text = query_target(target);
    if (text.size() + contact_cost > request_target_limit)
        return std::nullopt;
    return text;
}

void add_headers(net::Request& request, const Credentials& credentials,
                 std::string_view user_agent) {
    request.headers.add("Accept", "application/json");
    request.headers.add("Cache-Control", "no-cache");
    request.headers.add("User-Agent", std::string(user_agent));
    credentials.sign(request.headers);
}

}  // namespace seqload::apollo
