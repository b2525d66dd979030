#include "seqload/sandbox/parameters.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

std::string without_brackets(std::string name) {
    if (name.ends_with("[]"))
        name.resize(name.size() - 2);
    return name;
}

// A JSON scalar as the query would spell it; nullopt for null, arrays and objects.
std::optional<std::string> spelled(const nlohmann::json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean() || value.is_number())
        return value.dump();
    return std::nullopt;
}

}  // namespace

std::string percent_decoded(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escape = text[at] == '%' && at + 2 < text.size() &&
                            hex_value(text[at + 1]) >= 0 && hex_value(text[at + 2]) >= 0;
        if (escape) {
            decoded += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
            at += 2;
        } else {
            decoded += text[at] == '+' && plus_is_space ? ' ' : text[at];
        }
    }
    return decoded;
}

void Parameters::add_query(std::string_view query) {
    if (query.empty())
        return;
    for (const std::string_view pair : split(query, '&')) {
        const std::size_t equals = pair.find('=');
        if (pair.empty() || equals == std::string_view::npos)
            continue;
        std::string value = percent_decoded(pair.substr(equals + 1), true);
        if (!value.empty())
            values_[without_brackets(percent_decoded(pair.substr(0, equals), true))].push_back(
                std::move(value));
    }
}

Result<Parameters> Parameters::read(std::string_view query, std::string_view body, bool is_form) {
    Parameters parameters;
    parameters.add_query(query);
    if (is_form) {
        parameters.add_query(body);
        return parameters;
    }
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return parameters;
    const nlohmann::json object = nlohmann::json::parse(body, nullptr, false);
    if (!object.is_object())
        return fail(ErrorKind::network, "the body is not a JSON object");
    for (const auto& [name, value] : object.items()) {
        std::vector<std::string>& values = parameters.values_[without_brackets(name)];
        const auto add = [&values](const nlohmann::json& item) {
            if (auto text = spelled(item); text && !text->empty())
                values.push_back(std::move(*text));
        };
        if (value.is_array())
            std::ranges::for_each(value, add);
        else
            add(value);
    }
    return parameters;
}

const std::vector<std::string>& Parameters::all(std::string_view name) const {
    static const std::vector<std::string> nothing;
    const auto found = values_.find(name);
    return found == values_.end() ? nothing : found->second;
}

std::optional<std::string_view> Parameters::one(std::string_view name) const {
    const auto& values = all(name);
    if (values.empty())
        return std::nullopt;
    return values.back();
}

bool Parameters::flag(std::string_view name) const {
    const auto value = one(name);
    return value && (*value == "true" || *value == "1");
}

std::uint32_t Parameters::number(std::string_view name, std::uint32_t fallback,
                                 std::uint32_t maximum) const {
    const auto text = one(name);
    std::uint32_t value = 0;
    if (!text ||
        std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc{})
        return fallback;
    return std::clamp(value, 1U, maximum);
}

std::vector<std::string> Parameters::names() const {
    std::vector<std::string> found;
    found.reserve(values_.size());
    for (const auto& [name, values] : values_)
        found.push_back(name);
    return found;
}

}  // namespace seqload::sandbox
