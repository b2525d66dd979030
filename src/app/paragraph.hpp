#pragma once

// Text laid out in columns for a page of fixed width. Pure.

#include "seqload/app/columns.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace seqload::app {

// Nothing that is meant to be read on a terminal is wider.
inline constexpr std::size_t page_width = 80;

// With spaces at its end, if it is narrower.
std::string padded(std::string_view text, std::size_t width);

// The text's words, as many to a line as fit into the width; each line but the first is
// indented. What stands before the first line must take as many columns.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = page_width);

}  // namespace seqload::app
