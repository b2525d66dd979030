#include "seqload/apollo/label_contacts.hpp"

#include "contact_page_events.hpp"
#include "json_values.hpp"
#include "request_text.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

net::Request label_contacts_request(const Id& label, std::uint32_t page,
                                    const Credentials& credentials, std::string_view user_agent) {
    if (page == 0 || page > contact_pages_limit)
        throw std::logic_error("there is no such page of contacts to ask for");
    nlohmann::json body;
    body["contact_label_ids"].push_back(label.text());
    body["page"] = page;
    body["per_page"] = items_per_page;
    body["sort_by_field"] = "contact_created_at";
    body["sort_ascending"] = true;
    net::Request request;
    request.method = "POST";
    request.target = "/api/v1/contacts/search";
    request.body = body.dump();
    request.headers.add("Content-Type", "application/json");
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<ContactPage, std::string> read_label_contacts(std::string_view body) {
    if (body.empty())
        return std::unexpected<std::string>("an empty body instead of JSON");
    ContactPageEvents events;
    if (const auto trouble = events.read(body))
        return std::unexpected(broken(*trouble, body));
    auto page = events.take();
    if (!page)
        return std::unexpected(
            wrong_shape(page.error(), nlohmann::json::parse(body, nullptr, false)));
    return page;
}

}  // namespace seqload::apollo
