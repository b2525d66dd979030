#include "seqload/app/terminal_manners.hpp"

namespace seqload::app {

TerminalManners manners_towards(bool is_terminal, const Variables& variables, bool no_color) {
    const std::string kind = value_of(variables, "TERM");
    if (!is_terminal || kind.empty() || kind == "dumb")
        return {};
    const auto is_set = [&](const char* name) { return !value_of(variables, name).empty(); };
    return {.colours = !no_color && !is_set("NO_COLOR"),
            .live = !is_set("CI") && !is_set("GITHUB_ACTIONS")};
}

}  // namespace seqload::app
