#include "html_text.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/text_encoding.hpp"
#include "xml_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace seqload::report {

namespace {

// What makes a line read otherwise than it is written (UAX #9, explicit directional
// formatting), and line ends that only Unicode knows.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> tricks{{
    {"\u061c", "\\u061c"},
    {"\u200e", "\\u200e"},
    {"\u200f", "\\u200f"},
    {"\u2028", "\\u2028"},
    {"\u2029", "\\u2029"},
    {"\u202a", "\\u202a"},
    {"\u202b", "\\u202b"},
    {"\u202c", "\\u202c"},
    {"\u202d", "\\u202d"},
    {"\u202e", "\\u202e"},
    {"\u2066", "\\u2066"},
    {"\u2067", "\\u2067"},
    {"\u2068", "\\u2068"},
    {"\u2069", "\\u2069"},
}};

std::string without_tricks(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const auto* const trick = std::ranges::find_if(
            tricks, [text](const auto& one) { return text.starts_with(one.first); });
        if (trick == tricks.end()) {
            shown += text.front();
            text.remove_prefix(1);
        } else {
            shown += trick->second;
            text.remove_prefix(trick->first.size());
        }
    }
    return shown;
}

}  // namespace

std::string html_text(std::string_view text) {
    input::MendedText mended;
    input::mend(text, mended);
    return xml_text(without_tricks(printable(mended.text)));
}

std::string html_excerpt(std::string_view text, std::size_t most_bytes) {
    const std::string_view beginning = input::bounded(text, most_bytes);
    return joined(html_text(beginning), beginning.size() < text.size() ? "…" : "");
}

std::string html_time(WallTime time) {
    const std::string text = to_text(time);  // "2026-11-23T21:36:22.123Z"
    return joined("<time datetime=\"", text, "\">", text.substr(0, 10), " ", text.substr(11, 8),
                  " UTC</time>");
}

std::string percentage(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0)
        return {};
    if (part == 0)
        return "0 %";
    if (part == whole)
        return "100 %";
    const auto tenths =
        static_cast<std::uint64_t>(static_cast<double>(part) * 1000 / static_cast<double>(whole));
    if (tenths == 0)
        return "&lt; 0.1 %";
    return joined(std::to_string(tenths / 10), ".", std::to_string(tenths % 10), " %");
}

}  // namespace seqload::report
