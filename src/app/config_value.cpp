#include "config_value.hpp"

#include "seqload/base/joined.hpp"

#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

namespace seqload::app {

namespace {

using Values = std::expected<std::vector<std::string>, WrongType>;

std::string_view type_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::string:
            return "a text";
        case toml::node_type::integer:
        case toml::node_type::floating_point:
            return "a number";
        case toml::node_type::boolean:
            return "true or false";
        default:
            return "a date or time";
    }
}

// As TOML writes it: 20, 0.5, 2026-12-01T08:00:00Z.
template <class Value>
std::string written(const Value& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

std::optional<std::string> number_in(const toml::node& node) {
    if (const auto* const whole = node.as_integer())
        return written(whole->get());
    if (node.is_floating_point())
        return written(*node.as_floating_point());
    return std::nullopt;
}

std::optional<std::string> text_in(const toml::node& node) {
    if (const auto* const text = node.as_string())
        return text->get();
    if (const auto number = number_in(node))
        return number;
    if (node.is_date())
        return written(*node.as_date());
    if (node.is_time())
        return written(*node.as_time());
    if (node.is_date_time())
        return written(*node.as_date_time());
    return std::nullopt;
}

// What a C string cannot hold would be cut off there, and mean something else.
bool has_nul(const std::string& text) {
    return text.find('\0') != std::string::npos;
}

std::unexpected<WrongType> with_nul(const OptionDescription& option) {
    return std::unexpected(
        WrongType{"no text with a NUL in it", "leave the NUL out of " + option.name});
}

std::unexpected<WrongType> wrong(const toml::node& node, std::string_view wanted,
                                 std::string next) {
    return std::unexpected(WrongType{joined(wanted, ", not ", type_of(node)), std::move(next)});
}

std::string as_example(const OptionDescription& option, std::string_view value) {
    return joined("as in ", option.name, " = ", value);
}

Values flag_values(const toml::node& node, const OptionDescription& option) {
    const auto* const flag = node.as_boolean();
    if (flag == nullptr)
        return wrong(node, "true or false", as_example(option, "true, without quotes"));
    return std::vector<std::string>{flag->get() ? "true" : "false"};
}

Values number_values(const toml::node& node, const OptionDescription& option) {
    auto number = number_in(node);
    if (!number) {
        const std::string& value = option.default_value;
        return wrong(node, "a number",
                     as_example(option, joined(value.empty() ? "100" : value, ", without quotes")));
    }
    return std::vector<std::string>{std::move(*number)};
}

Values text_values(const toml::node& node, const OptionDescription& option) {
    auto text = text_in(node);
    if (!text)
        return wrong(node, "a text", as_example(option, joined("\"", option.value, "\"")));
    if (has_nul(*text))
        return with_nul(option);
    if (text->empty())
        return std::vector<std::string>{};
    return std::vector<std::string>{std::move(*text)};
}

Values list_values(const toml::node& node, const OptionDescription& option) {
    const std::string example =
        as_example(option, joined("[\"", option.value, "\", \"", option.value, "\"]"));
    const auto* const array = node.as_array();
    if (array == nullptr)
        return node.is_string() ? text_values(node, option)
                                : wrong(node, "a text or a list of texts", example);
    std::vector<std::string> values;
    for (const toml::node& element : *array) {
        const auto* const text = element.as_string();
        if (text == nullptr || text->get().empty()) {
            return std::unexpected(
                WrongType{joined("a list of texts, and one of these is ",
                                 text == nullptr ? type_of(element) : std::string_view("empty")),
                          example});
        }
        if (has_nul(text->get()))
            return with_nul(option);
        values.push_back(text->get());
    }
    return values;
}

}  // namespace

Values config_values(const toml::node& node, const OptionDescription& option) {
    switch (option.kind) {
        case OptionKind::flag:
            return flag_values(node, option);
        case OptionKind::number:
            return number_values(node, option);
        case OptionKind::text:
            return text_values(node, option);
        case OptionKind::list:
            return list_values(node, option);
    }
    return std::vector<std::string>{};
}

}  // namespace seqload::app
