#include "new_record.hpp"

#include "seqload/sandbox/add_contacts.hpp"

#include <algorithm>
#include <utility>

namespace seqload::sandbox {
namespace {

std::vector<Id> ids_in(const std::vector<std::string>& texts) {
    std::vector<Id> ids;
    ids.reserve(texts.size());
    for (const std::string& text : texts)
        if (const auto id = Id::parse(text))
            ids.push_back(*id);
    return ids;
}

Asked asked_in(const Parameters& parameters) {
    std::vector<Id> sequences = ids_in(parameters.all("emailer_campaign_ids"));
    for (const Id& sequence : ids_in(parameters.all("emailer_campaign_id")))
        sequences.push_back(sequence);
    return {std::move(sequences), ids_in(parameters.all("contact_ids")),
            parameters.all("label_names")};
}

std::vector<std::string> unknown_parameters(const Parameters& parameters) {
    std::vector<std::string> unknown;
    const auto& known = add_contacts_parameters();
    for (const std::string& name : parameters.names())
        if (std::ranges::find(known, name) == known.end())
            unknown.push_back(name);
    return unknown;
}

}  // namespace

RequestRecord new_record(const Request& request, const Arrival& arrival) {
    RequestRecord made;
    made.connection = request.connection;
    made.target_bytes = request.target.size();
    made.body_bytes = request.body.size();
    made.has_body = !request.body.empty();
    static const Parameters none;
    const Parameters& parameters = arrival.parameters ? *arrival.parameters : none;
    made.contacts = static_cast<std::uint32_t>(parameters.all("contact_ids").size());
    made.labels = static_cast<std::uint32_t>(parameters.all("label_names").size());
    made.asked = asked_in(parameters);
    if (arrival.match) {
        made.route = arrival.match->route;
        made.path_id = arrival.match->path_id;
        if (arrival.match->route == Route::add_contact_ids)
            made.unknown_parameters = unknown_parameters(parameters);
    }
    return made;
}

}  // namespace seqload::sandbox
