#pragma once

// A text as one word of a POSIX shell's command line, for commands that a
// person is to copy.

#include <string>
#include <string_view>

namespace seqload {

// As it is where no character means anything to a shell, else in single quotes
// (POSIX.1-2017, Shell Command Language, 2.2.2). A name that begins with '-'
// should be handed in with "./" in front, or stand behind "--".
std::string shell_word(std::string_view text);

}  // namespace seqload
