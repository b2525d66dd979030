#include "seqload/apollo/add_request.hpp"

#include "request_text.hpp"
#include "seqload/base/joined.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

namespace {

using nlohmann::json;

// An id is the same when it is percent-encoded.
void append_contacts(std::string& query, const std::vector<ContactRow>& rows) {
    const std::string before_id = joined("&", contact_ids_name, "=");
    query.reserve(query.size() + rows.size() * contact_cost);
    for (const ContactRow& row : rows) {
        query += before_id;
        row.contact.append_to(query);
    }
}

std::string with_rows(std::string query, const Batch& batch) {
    append_contacts(query, batch.contacts);
    for (const LabelRow& row : batch.labels)
        append_parameter(query, label_names_name, row.label);
    if (query.size() > request_target_limit)
        throw std::logic_error("a batch is too large for the query string of one request");
    return query;
}

// One mailbox as a string, several as an array (openapi.json: oneOf).
json mailboxes_value(const Target& target) {
    if (target.mailboxes.size() == 1)
        return target.mailboxes.front().text();
    json ids = json::array();
    for (const Id& mailbox : target.mailboxes)
        ids.push_back(mailbox.text());
    return ids;
}

std::string json_body(const Target& target, const Batch& batch) {
    json body;
    body["emailer_campaign_id"] = target.sequence.text();
    body["send_email_from_email_account_id"] = mailboxes_value(target);
    if (!target.from_address.empty())
        body["send_email_from_email_address"] = target.from_address;
    for (std::size_t i = 0; i < flag_count; ++i) {
        if (target.flags[i])
            body[std::string(flag_names[i])] = true;
    }
    if (target.user)
        body["user_id"] = target.user->text();
    if (target.status != InitialStatus::unspecified)
        body["status"] = name(target.status);
    if (!target.auto_unpause_at.empty())
        body["auto_unpause_at"] = target.auto_unpause_at;
    for (const ContactRow& row : batch.contacts)
        body["contact_ids"].push_back(row.contact.text());
    for (const LabelRow& row : batch.labels)
        body["label_names"].push_back(row.label);
    try {
        return body.dump();
    } catch (const json::type_error&) {
        throw std::logic_error("a request was to carry text that is not UTF-8");
    }
}

}  // namespace

net::Request add_request(const Target& target, const Batch& batch, ParametersForm form,
                         const Credentials& credentials, std::string_view user_agent) {
    if (batch.size() == 0 || (!batch.contacts.empty() && !batch.labels.empty()))
        throw std::logic_error("a request needs either contacts or labels");
    if (target.mailboxes.empty())
        throw std::logic_error("a request needs a mailbox");

    net::Request request;
    request.method = "POST";
    if (auto query = query_before_rows(target, form)) {
        request.target = with_rows(*std::move(query), batch);
    } else {
        request.target = add_path(target);
        request.body = json_body(target, batch);
        request.headers.add("Content-Type", "application/json");
    }
    add_headers(request, credentials, user_agent);
    return request;
}

}  // namespace seqload::apollo
