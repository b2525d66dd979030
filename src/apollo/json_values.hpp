#pragma once

// Lists of Apollo's read as trees: small enough for it, a page of a hundred things
// at most. Forgiving about values: a number may be a text, a flag a number, and
// what is missing or of another type counts as not said.

#include "seqload/apollo/pagination.hpp"
#include "seqload/model/id.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

// Empty where there is no text.
std::string text_in(const nlohmann::json& object, const char* name);

// Decimal digits and nothing else but blanks around them.
std::optional<std::uint64_t> number_in_text(std::string_view text);

// A whole number that is not negative, or one written as a text.
std::optional<std::uint64_t> number_of(const nlohmann::json& value);
std::optional<std::uint64_t> number_in(const nlohmann::json& object, const char* name);
std::optional<std::uint32_t> small_number_in(const nlohmann::json& object, const char* name);

bool flag_in(const nlohmann::json& object, const char* name, bool fallback);

// The object's `id` or, as some of Apollo's lists have it, `_id`.
std::optional<Id> id_of(const nlohmann::json& object);

// From its own numbers; nullopt if they do not tell how many pages there are.
std::optional<Pagination> pagination_from(std::optional<std::uint64_t> page,
                                          std::optional<std::uint64_t> per_page,
                                          std::optional<std::uint64_t> total_entries,
                                          std::optional<std::uint64_t> total_pages);

// The `pagination` of the answer.
std::optional<Pagination> pagination_in(const nlohmann::json& whole);

// Why a body is not what was expected, in one line. What it says for itself is quoted only where it
// is no data: lists are full of people's names and addresses. broken: it is no JSON; wrong_shape:
// it is other JSON.
std::string broken(std::string_view why, std::string_view body);
std::string wrong_shape(std::string_view why, const nlohmann::json& whole);

// The whole body, or why it is no JSON object or array.
std::expected<nlohmann::json, std::string> whole_json(std::string_view body);

// The list of that name in the answer, or the answer itself if it is a list; each element as
// read_one reads it, nullopt being passed over.
template <class Item>
std::expected<std::vector<Item>, std::string> list_in(
    const nlohmann::json& whole, const char* name,
    std::optional<Item> (*read_one)(const nlohmann::json&)) {
    const auto member = whole.is_object() ? whole.find(name) : whole.end();
    const bool is_named = whole.is_object() && member != whole.end() && member->is_array();
    if (!is_named && !whole.is_array())
        return std::unexpected(wrong_shape(std::string("JSON without ") + name, whole));
    const nlohmann::json& list = is_named ? *member : whole;
    std::vector<Item> items;
    for (const nlohmann::json& element : list) {
        if (auto item = element.is_object() ? read_one(element) : std::nullopt)
            items.push_back(std::move(*item));
    }
    if (items.empty() && !list.empty())
        return std::unexpected(std::string(name) + " without ids");
    return items;
}

}  // namespace seqload::apollo
