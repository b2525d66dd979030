#include "seqload/app/help_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

// Characters, each of which takes a column here.
std::ptrdiff_t columns(std::string_view line) {
    return std::ranges::count_if(line, [](char byte) { return (byte & 0xC0) != 0x80; });
}

std::string_view widest_line(std::string_view page) {
    std::string_view widest;
    while (!page.empty()) {
        const auto end = std::min(page.find('\n'), page.size());
        if (columns(page.substr(0, end)) > columns(widest))
            widest = page.substr(0, end);
        page.remove_prefix(std::min(end + 1, page.size()));
    }
    return widest;
}

// Listed, not merely mentioned in an example.
bool has_option(const std::string& page, const std::string& name) {
    for (const char* before : {"\n  --", ", --"}) {
        for (const char* after : {" ", "\n"}) {
            if (page.find(before + name + after) != std::string::npos)
                return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("the help of every command fits one screen, and shows an example") {
    for (const auto& command : program_description().commands) {
        CAPTURE(command.name);
        const std::string page = help_text(command);
        CHECK(std::ranges::count(page, '\n') <= static_cast<std::ptrdiff_t>(screen_lines));
        CAPTURE(widest_line(page));
        CHECK(columns(widest_line(page)) <= 80);
        CHECK(page.find("Example") != std::string::npos);
        CHECK(page.find("\n  seqload " + command.name) != std::string::npos);
    }
    CHECK(columns(widest_line(whole_help_text(program_description()))) <= 80);
    const std::string program = help_text(program_description());
    CHECK(std::ranges::count(program, '\n') <= static_cast<std::ptrdiff_t>(screen_lines));
}

TEST_CASE("the whole help has every option, and the help says how many it leaves out") {
    for (const auto& command : program_description().commands) {
        CAPTURE(command.name);
        const std::string whole = whole_help_text(command);
        const std::string page = help_text(command);
        std::size_t left_out = 0;
        for (const auto& option : command.options) {
            CAPTURE(option.name);
            if (option.is_operand)
                continue;
            CHECK(has_option(whole, option.name));
            left_out += has_option(page, option.name) ? 0 : 1;
        }
        const std::string told = std::to_string(left_out) + " more option";
        CHECK((page.find(told) != std::string::npos) == (left_out > 0));
    }
}

TEST_CASE("load's help has what a first run needs, with the defaults") {
    const std::string page = help_text(*program_description().find("load"));
    CHECK(page.starts_with("Plan, ask, send, report.\nUsage: seqload load [FILE…] [OPTIONS]\n"));
    CHECK(page.find("  -y, --yes                Do not ask before sending\n") != std::string::npos);
    CHECK(page.find("  --batch-size N           Contacts per request at most [100]\n") !=
          std::string::npos);
    CHECK_FALSE(has_option(page, "labels-per-request"));
}

}  // namespace seqload::app
