#include "seqload/apollo/sequences.hpp"

#include "json_values.hpp"
#include "request_text.hpp"
#include "seqload/base/joined.hpp"

namespace seqload::apollo {

namespace {

using nlohmann::json;

std::optional<Sequence> sequence_in(const json& value) {
    const auto id = id_of(value);
    if (!id)
        return std::nullopt;
    return Sequence{.id = *id,
                    .name = text_in(value, "name"),
                    .active = flag_in(value, "active", true),
                    .archived = flag_in(value, "archived", false),
                    .steps = small_number_in(value, "num_steps")};
}

}  // namespace

net::Request sequences_request(std::uint32_t page, std::string_view words,
                               const Credentials& credentials, std::string_view user_agent) {
    net::Request request;
    request.method = "POST";
    request.target = joined("/api/v1/emailer_campaigns/search?page=", std::to_string(page));
    append_parameter(request.target, "per_page", std::to_string(items_per_page));
    if (!words.empty())
        append_parameter(request.target, "q_name", words);
    add_headers(request, credentials, user_agent);
    return request;
}

std::expected<SequencePage, std::string> read_sequences(std::string_view body) {
    const auto whole = whole_json(body);
    if (!whole)
        return std::unexpected(whole.error());
    auto sequences = list_in(*whole, "emailer_campaigns", sequence_in);
    if (!sequences)
        return std::unexpected(std::move(sequences.error()));
    const auto pagination = pagination_in(*whole);
    if (!pagination)
        return std::unexpected<std::string>("sequences without the number of their pages");
    return SequencePage{std::move(*sequences), *pagination};
}

}  // namespace seqload::apollo
