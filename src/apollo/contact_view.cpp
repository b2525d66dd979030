#include "seqload/apollo/contact_view.hpp"

#include "json_values.hpp"
#include "seqload/apollo/message.hpp"
#include "seqload/base/timestamp.hpp"

#include <nlohmann/json.hpp>

namespace seqload::apollo {

namespace {

using nlohmann::json;

// nullopt: it does not say of which sequence it is.
std::optional<Membership> membership_in(const json& value) {
    const auto sequence =
        value.is_object() ? Id::parse(text_in(value, "emailer_campaign_id")) : std::nullopt;
    if (!sequence)
        return std::nullopt;
    return Membership{.sequence = *sequence,
                      .added_at = parse_timestamp(text_in(value, "added_at")),
                      .status = text_in(value, "status")};
}

}  // namespace

// One contact is 4 KB: small enough to be read as a tree.
std::expected<ContactView, std::string> read_contact(std::string_view body) {
    const json whole = json::parse(body, nullptr, false);
    if (!whole.is_object())
        return std::unexpected("no JSON of a contact: " + message_in(body));
    const auto inner = whole.find("contact");
    const json& contact = inner != whole.end() && inner->is_object() ? *inner : whole;
    const auto id = Id::parse(text_in(contact, "id"));
    const auto statuses = contact.find("contact_campaign_statuses");
    if (!id || statuses == contact.end() || !statuses->is_array())
        return std::unexpected<std::string>("JSON without a contact's sequences");
    ContactView view{.id = *id, .memberships = {}};
    for (const json& status : *statuses) {
        auto membership = membership_in(status);
        if (!membership)
            return std::unexpected<std::string>("JSON of a contact in a sequence without an id");
        view.memberships.push_back(std::move(*membership));
    }
    return view;
}

bool is_no_such_contact(unsigned http_status, std::string_view message) {
    constexpr unsigned not_found = 404;
    constexpr unsigned unprocessable = 422;
    return http_status == not_found ||
           (http_status == unprocessable &&
            (message.find("does not exist") != std::string_view::npos ||
             message.find("has been deleted") != std::string_view::npos));
}

}  // namespace seqload::apollo
