#include "xml_text.hpp"

namespace seqload::report {

std::string xml_text(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    while (!text.empty()) {
        if (text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF")) {
            escaped += "\xEF\xBF\xBD";
            text.remove_prefix(3);
            continue;
        }
        switch (text.front()) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += text.front();
        }
        text.remove_prefix(1);
    }
    return escaped;
}

}  // namespace seqload::report
