#include "seqload/app/terminal_manners.hpp"

#include <doctest/doctest.h>

using namespace seqload::app;

namespace {

constexpr TerminalManners plain{.colours = false, .live = false};
constexpr TerminalManners all_manners{.colours = true, .live = true};

}  // namespace

TEST_CASE("a terminal is shown a live status in colours, a pipe plain lines") {
    const Variables variables{{"TERM", "xterm-256color"}};
    CHECK(manners_towards(true, variables, false) == all_manners);
    CHECK(manners_towards(false, variables, false) == plain);
}

TEST_CASE("a terminal that knows no codes is sent none") {
    CHECK(manners_towards(true, {{"TERM", "dumb"}}, false) == plain);
    CHECK(manners_towards(true, {{"TERM", ""}}, false) == plain);
    CHECK(manners_towards(true, {}, false) == plain);
}

TEST_CASE("--no-color and NO_COLOR take the colours away, and nothing else") {
    constexpr TerminalManners no_colours{.colours = false, .live = true};
    CHECK(manners_towards(true, {{"TERM", "xterm"}}, true) == no_colours);
    CHECK(manners_towards(true, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}, false) == no_colours);
    CHECK(manners_towards(true, {{"TERM", "xterm"}, {"NO_COLOR", ""}}, false) == all_manners);
}

TEST_CASE("where a log is kept of everything, nothing is redrawn") {
    constexpr TerminalManners no_block{.colours = true, .live = false};
    for (const char* name : {"CI", "GITHUB_ACTIONS"})
        CHECK(manners_towards(true, {{"TERM", "xterm"}, {name, "true"}}, false) == no_block);
}
