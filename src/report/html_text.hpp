#pragma once

// Text as a page holds it, between tags and in an attribute between double quotes,
// whoever wrote it.

#include "seqload/base/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace seqload::report {

// Longer text from outside is cut there, so that no input can make the page large.
inline constexpr std::size_t most_shown_bytes = 160;

// & < > " ' become references, control characters and those that turn the direction of
// writing visible ("\x1b", "\u202e"), bad UTF-8 U+FFFD.
std::string html_text(std::string_view text);

// The same of its beginning; "…" stands for the rest.
std::string html_excerpt(std::string_view text, std::size_t most_bytes = most_shown_bytes);

// "<time datetime="…">2026-11-23 21:36:22 UTC</time>".
std::string html_time(WallTime time);

// "12.3 %", "< 0.1 %"; of nothing: "".
std::string percentage(std::uint64_t part, std::uint64_t whole);

}  // namespace seqload::report
