#pragma once

// Words in colours. A colour only ever repeats what the words say. Pure.

#include <string>
#include <string_view>

namespace seqload::app {

enum class Colour { none, green, yellow, red, cyan };

// The text with the terminal's codes around it; unchanged for none.
std::string painted(std::string_view text, Colour colour);

// "error" is red, "warning" yellow, "note" and "info" cyan; any other word has none.
Colour colour_of_word(std::string_view word);

// The lines, and in each that begins with "seqload: error: " (warning, note) that word
// painted.
std::string with_painted_words(std::string_view lines);

}  // namespace seqload::app
