#include "seqload/apollo/labels.hpp"

#include "json_values.hpp"
#include "request_text.hpp"

namespace seqload::apollo {

namespace {

using nlohmann::json;

std::optional<Label> label_in(const json& value) {
    const auto id = id_of(value);
    if (!id)
        return std::nullopt;
    return Label{.id = *id,
                 .name = text_in(value, "name"),
                 .modality = text_in(value, "modality"),
                 .count = number_in(value, "cached_count")};
}

}  // namespace

net::Request labels_request(const Credentials& credentials, std::string_view user_agent) {
    net::Request request;
    request.method = "GET";
    request.target = "/api/v1/labels";
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<std::vector<Label>, std::string> read_labels(std::string_view body) {
    const auto whole = whole_json(body);
    if (!whole)
        return std::unexpected(whole.error());
    return list_in(*whole, "labels", label_in);
}

}  // namespace seqload::apollo
