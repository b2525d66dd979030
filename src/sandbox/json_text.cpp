#include "seqload/sandbox/json_text.hpp"

#include <array>
#include <cstdio>

namespace seqload::sandbox {
namespace {

bool needs_escape(char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

void append_escape(std::string& json, char character) {
    switch (character) {
        case '"':
            json += "\\\"";
            break;
        case '\\':
            json += "\\\\";
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default: {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x",
                          static_cast<unsigned>(character));
            json += escape.data();
        }
    }
}

}  // namespace

void append_json(std::string& json, std::string_view text) {
    json += '"';
    std::size_t plain_from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!needs_escape(text[at]))
            continue;
        json.append(text, plain_from, at - plain_from);
        append_escape(json, text[at]);
        plain_from = at + 1;
    }
    json.append(text, plain_from);
    json += '"';
}

void append_json_or_null(std::string& json, std::string_view text) {
    if (text.empty())
        json += "null";
    else
        append_json(json, text);
}

}  // namespace seqload::sandbox
