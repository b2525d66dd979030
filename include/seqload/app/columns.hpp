#pragma once

// How wide a text is on a terminal, where a Chinese letter takes two columns and an accent
// that is set on a letter none. Pure; texts are printable UTF-8 (base/text.hpp).

#include <cstddef>
#include <string>
#include <string_view>

namespace seqload::app {

// A byte that is no UTF-8 counts as one column.
std::size_t columns_of(std::string_view text);

// The text, if it is no wider; else as much of its beginning as fits together with "…"
// after it, and never half a letter.
std::string cut(std::string_view text, std::size_t columns);

}  // namespace seqload::app
