#include "seqload/apollo/request_size.hpp"

#include "request_text.hpp"

#include <algorithm>
#include <limits>

namespace seqload::apollo {

namespace {

static_assert(contact_cost == contact_ids_name.size() + 2 + Id::text_size);

// Bytes that the target's own parameters leave in the query string.
std::size_t query_room(const Target& target) {
    const std::size_t taken = query_target(target).size();
    return request_target_limit - std::min(taken, request_target_limit);
}

}  // namespace

ParametersForm form_for(const Target& target, ParametersForm wanted) {
    return query_before_rows(target, wanted) ? ParametersForm::query : ParametersForm::body;
}

std::uint32_t contacts_per_request(const Target& target, ParametersForm form,
                                   std::uint32_t batch_size) {
    if (form_for(target, form) == ParametersForm::body)
        return batch_size;
    const auto fitting = static_cast<std::uint32_t>(query_room(target) / contact_cost);
    return std::min(fitting, batch_size);
}

std::size_t label_cost(std::string_view label) {
    return label_names_name.size() + 2 + encoded_size(label);
}

std::size_t label_room(const Target& target, ParametersForm form) {
    if (form_for(target, form) == ParametersForm::body)
        return std::numeric_limits<std::size_t>::max();
    return query_room(target);
}

bool label_fits(const Target& target, ParametersForm form, std::string_view label) {
    return label_cost(label) <= label_room(target, form);
}

}  // namespace seqload::apollo
