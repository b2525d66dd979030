#include "seqload/apollo/message.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <nlohmann/json.hpp>

namespace seqload::apollo {

namespace {

using nlohmann::json;

// Enough of a body to find what it says; the rest is not looked at.
constexpr std::size_t body_limit = std::size_t{64} * 1024;

constexpr std::string_view ellipsis = "\u2026";
constexpr std::string_view blanks = " \t\r\n\v\f";

std::string valid_utf8(std::string_view text) {
    const std::string quoted = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
    return json::parse(quoted).get<std::string>();
}

std::string with_single_blanks(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (blanks.find(letter) == std::string_view::npos) {
            result += letter;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (result.ends_with(' '))
        result.pop_back();
    return result;
}

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80;
}

std::optional<std::string> text_of(const json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_array() && !value.empty())
        return text_of(value.front());
    if (value.is_object()) {
        static constexpr std::array names{"error", "message", "error_message", "errors", "detail"};
        for (const char* name : names) {
            const auto member = value.find(name);
            if (member == value.end())
                continue;
            auto text = text_of(*member);
            if (text && !text->empty())
                return text;
        }
    }
    return std::nullopt;
}

std::optional<std::string> message_in_json(std::string_view body) {
    const json value = json::parse(body, nullptr, false);
    return value.is_object() ? text_of(value) : std::nullopt;
}

// What stands between <NAME …> and </NAME; the text is given in lower case to look in.
std::optional<std::string_view> element(std::string_view html, std::string_view lower,
                                        const std::string& name) {
    const auto tag = lower.find('<' + name);
    if (tag == std::string_view::npos)
        return std::nullopt;
    const auto start = lower.find('>', tag);
    const auto end = lower.find("</" + name, tag);
    if (start == std::string_view::npos || end == std::string_view::npos || end < start)
        return std::nullopt;
    return html.substr(start + 1, end - start - 1);
}

std::string without_tags(std::string_view html) {
    std::string text;
    bool in_tag = false;
    for (const char letter : html) {
        if (letter == '<') {
            in_tag = true;
            text += ' ';
        } else if (letter == '>') {
            in_tag = false;
        } else if (!in_tag) {
            text += letter;
        }
    }
    return text;
}

std::string message_in_html(std::string_view html) {
    const std::string lower = lowered(html);
    const auto title = element(html, lower, "title");
    if (title && title->find_first_not_of(blanks) != std::string_view::npos)
        return std::string(*title);
    return without_tags(element(html, lower, "body").value_or(html));
}

}  // namespace

std::string one_line(std::string_view text, std::size_t limit) {
    std::string line = printable(with_single_blanks(valid_utf8(text.substr(0, body_limit))));
    if (line.size() <= limit)
        return line;
    std::size_t end = limit - std::min(limit, ellipsis.size());
    while (end > 0 && continues_character(line[end]))
        --end;
    line.resize(end);
    line += ellipsis;
    return line;
}

std::string message_in(std::string_view body) {
    body = body.substr(0, body_limit);
    const auto start = body.find_first_not_of(blanks);
    std::string text(body);
    if (start != std::string_view::npos && body[start] == '{') {
        text = message_in_json(body).value_or(text);
    } else if (start != std::string_view::npos && body[start] == '<') {
        text = message_in_html(body);
    }
    const std::string line = one_line(text);
    return line.empty() ? "no message" : line;
}

}  // namespace seqload::apollo
