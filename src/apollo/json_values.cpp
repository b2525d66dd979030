#include "json_values.hpp"

#include "seqload/apollo/message.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace seqload::apollo {

namespace {

using nlohmann::json;

constexpr std::uint64_t most_pages = 1'000'000'000;

bool begins_as_json(std::string_view body) {
    const auto start = body.find_first_not_of(" \t\r\n");
    return start == std::string_view::npos || body[start] == '{' || body[start] == '[';
}

}  // namespace

std::string text_in(const json& object, const char* name) {
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? member->get<std::string>()
                                                         : std::string();
}

std::optional<std::uint64_t> number_in_text(std::string_view text) {
    text = trimmed(text);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::uint64_t> number_of(const json& value) {
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>();
    if (value.is_string())
        return number_in_text(value.get_ref<const std::string&>());
    return std::nullopt;
}

std::optional<std::uint64_t> number_in(const json& object, const char* name) {
    const auto member = object.find(name);
    return member == object.end() ? std::nullopt : number_of(*member);
}

std::optional<std::uint32_t> small_number_in(const json& object, const char* name) {
    const auto number = number_in(object, name);
    if (!number)
        return std::nullopt;
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(*number, most));
}

bool flag_in(const json& object, const char* name, bool fallback) {
    const auto member = object.find(name);
    if (member == object.end())
        return fallback;
    if (member->is_boolean())
        return member->get<bool>();
    if (const auto number = number_of(*member))
        return *number != 0;
    if (!member->is_string())
        return fallback;
    const std::string word = lowered(member->get_ref<const std::string&>());
    return word == "true" || (word != "false" && fallback);
}

std::optional<Id> id_of(const json& object) {
    const auto id = Id::parse(text_in(object, "id"));
    return id ? id : Id::parse(text_in(object, "_id"));
}

std::optional<Pagination> pagination_from(std::optional<std::uint64_t> page,
                                          std::optional<std::uint64_t> per_page,
                                          std::optional<std::uint64_t> total_entries,
                                          std::optional<std::uint64_t> total_pages) {
    if (!total_pages && total_entries && per_page.value_or(0) > 0)
        total_pages = *total_entries / *per_page + (*total_entries % *per_page > 0 ? 1 : 0);
    if (!total_pages || (!page && *total_pages > 1))
        return std::nullopt;
    return Pagination{.page = static_cast<std::uint32_t>(std::min(page.value_or(1), most_pages)),
                      .total_pages = static_cast<std::uint32_t>(std::min(*total_pages, most_pages)),
                      .total_entries = total_entries.value_or(0)};
}

std::optional<Pagination> pagination_in(const json& whole) {
    const auto member = whole.is_object() ? whole.find("pagination") : whole.end();
    if (!whole.is_object() || member == whole.end() || !member->is_object())
        return std::nullopt;
    return pagination_from(number_in(*member, "page"), number_in(*member, "per_page"),
                           number_in(*member, "total_entries"), number_in(*member, "total_pages"));
}

std::string broken(std::string_view why, std::string_view body) {
    return one_line(begins_as_json(body) ? why : joined(why, ": ", message_in(body)));
}

std::string wrong_shape(std::string_view why, const json& whole) {
    static constexpr std::array names{"error", "message", "error_message"};
    const bool says_why = whole.is_object() && std::ranges::any_of(names, [&](const char* name) {
                              return whole.contains(name);
                          });
    return one_line(says_why ? joined(why, ": ", message_in(whole.dump())) : why);
}

std::expected<json, std::string> whole_json(std::string_view body) {
    if (body.empty())
        return std::unexpected<std::string>("an empty body instead of JSON");
    json whole = json::parse(body, nullptr, false);
    if (whole.is_discarded())
        return std::unexpected(broken("broken JSON", body));
    if (!whole.is_structured())
        return std::unexpected(std::string("JSON that is no list"));
    return whole;
}

}  // namespace seqload::apollo
