#pragma once

// What a server's words are worth to a person: the gist of an error body, fit to
// stand in a report, a log and on a terminal.

#include <cstddef>
#include <string>
#include <string_view>

namespace seqload::apollo {

// In bytes; a cut is shown by "…", which counts.
inline constexpr std::size_t message_limit = 300;

// One line of valid UTF-8: runs of blanks and line breaks become one space,
// other control characters are made visible, bad bytes are U+FFFD, and what is
// beyond the limit is cut between characters.
std::string one_line(std::string_view text, std::size_t limit = message_limit);

// The message in an answer's body: of a JSON object its `error` or `message`, of
// HTML its title, else its text without the tags, else the text. "no message" if there is none.
std::string message_in(std::string_view body);

}  // namespace seqload::apollo
