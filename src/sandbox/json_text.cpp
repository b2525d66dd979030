#include "seqload/sandbox/json_text.hpp"

#include <array>
#include <cstdio>

namespace seqload::sandbox {

void append_json(std::string& json, std::string_view text) {
    json += '"';
    for (const char character : text) {
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
            default:
                if (static_cast<unsigned char>(character) < 0x20) {
                    std::array<char, 8> escape{};
                    std::snprintf(escape.data(), escape.size(), "\\u%04x",
                                  static_cast<unsigned>(character));
                    json += escape.data();
                } else {
                    json += character;
                }
        }
    }
    json += '"';
}

void append_json_or_null(std::string& json, std::string_view text) {
    if (text.empty())
        json += "null";
    else
        append_json(json, text);
}

}  // namespace seqload::sandbox
