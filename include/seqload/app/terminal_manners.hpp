#pragma once

// What standard error may be shown: colours, a live status, or plain lines. Pure.

#include "seqload/app/variables.hpp"

namespace seqload::app {

struct TerminalManners {
    bool colours = false;
    bool live = false;  // a block of lines that is redrawn

    bool operator==(const TerminalManners&) const = default;
};

// Neither for a file, a pipe or a terminal that knows no codes (TERM is dumb or says
// nothing). No colours with no_color, or if NO_COLOR says anything (https://no-color.org);
// no live status where a log is kept of everything (CI, GITHUB_ACTIONS).
TerminalManners manners_towards(bool is_terminal, const Variables& variables, bool no_color);

}  // namespace seqload::app
