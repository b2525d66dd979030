#include "seqload/sandbox/answer.hpp"

#include "seqload/base/joined.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

Answer answer_of(unsigned status, std::string_view type, std::string body) {
    Answer answer;
    answer.status = status;
    answer.fields.add("content-type", std::string(type));
    answer.body = std::move(body);
    return answer;
}

// IMF-fixdate, RFC 9110, section 5.6.7; without a locale's names, as strftime has them.
std::string http_date(WallTime now) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                  months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text.data();
}

}  // namespace

Answer json_answer(unsigned status, std::string body) {
    return answer_of(status, "application/json; charset=utf-8", std::move(body));
}

Answer json_answer(unsigned status, const nlohmann::ordered_json& body) {
    return json_answer(status, body.dump());
}

Answer error_answer(unsigned status, std::string_view error) {
    return json_answer(status, nlohmann::ordered_json{{"error", error}});
}

Answer message_answer(unsigned status, std::string_view message) {
    return json_answer(status, nlohmann::ordered_json{{"message", message}});
}

Answer text_answer(unsigned status, std::string_view text) {
    return answer_of(status, "text/plain; charset=utf-8", std::string(text));
}

Answer front_end_page(unsigned status) {
    const std::string title = joined(std::to_string(status), " ", phrase(status));
    return answer_of(
        status, "text/html",
        joined("<html>\r\n<head><title>", title, "</title></head>\r\n<body>\r\n<center><h1>", title,
               "</h1></center>\r\n<hr><center>apollo-sandbox</center>\r\n"
               "</body>\r\n</html>\r\n"));
}

std::string_view phrase(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 302:
            return "Found";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return {};
    }
}

std::string head(const Answer& answer, std::string_view framing, bool keep_alive, WallTime now) {
    std::string text = joined("HTTP/1.1 ", std::to_string(answer.status), " ",
                              phrase(answer.status), "\r\ndate: ", http_date(now), "\r\n");
    for (const auto& [name, value] : answer.fields)
        text += joined(name, ": ", value, "\r\n");
    text += framing;
    if (!keep_alive)
        text += "connection: close\r\n";
    text += "\r\n";
    return text;
}

}  // namespace seqload::sandbox
