#pragma once

// The question before anybody is written to.

#include <string_view>

namespace seqload::app {

enum class Reply { yes, no, interrupted, nobody_to_ask };

// Asks on the terminal that controls this process, whatever standard input is;
// anything but y or yes is no. interrupted: while an Interruption is alive, a signal
// came in place of an answer. nobody_to_ask: standard error is no terminal, or
// there is none to read from.
Reply ask(std::string_view question);

// Whether what was typed is y or yes.
bool is_yes(std::string_view typed);

// Whether ask() would find somebody.
bool somebody_to_ask();

}  // namespace seqload::app
