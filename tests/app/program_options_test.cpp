#include "seqload/app/program_options.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

const OptionDescription& option_of(const char* command, const char* option) {
    const auto* const found = program_description().find(command);
    REQUIRE_MESSAGE(found != nullptr, command);
    const auto* const description = found->find(option);
    REQUIRE_MESSAGE(description != nullptr, option);
    return *description;
}

}  // namespace

TEST_CASE("an option is described as the command line reads it") {
    const auto& size = option_of("load", "batch-size");
    CHECK(size.kind == OptionKind::number);
    CHECK(size.value == "N");
    CHECK(size.default_value == "100");
    CHECK(size.group == "Requests");
    CHECK_FALSE(size.is_operand);

    const auto& mode = option_of("undo", "mode");
    CHECK(mode.kind == OptionKind::text);
    CHECK(mode.choices == std::vector<std::string>{"remove", "stop", "mark_as_finished"});
    CHECK(mode.default_value == "remove");

    const auto& quiet = option_of("load", "quiet");
    CHECK(quiet.kind == OptionKind::flag);
    CHECK(quiet.letter == "q");
    CHECK(quiet.value.empty());

    CHECK(option_of("load", "no-check").kind == OptionKind::flag);
    CHECK(option_of("load", "map").kind == OptionKind::list);
    CHECK(option_of("load", "max-failed").kind == OptionKind::text);
    CHECK(option_of("load", "max-failed").choices.empty());
}

TEST_CASE("operands are described as such, and whether they are required") {
    CHECK(option_of("load", "FILE").is_operand);
    CHECK(option_of("plan", "FILE").is_required);
    CHECK_FALSE(option_of("load", "FILE").is_required);  // --plan names them as well
    CHECK(option_of("load", "FILE").kind == OptionKind::list);
    CHECK_FALSE(option_of("check", "FILE").is_required);
    CHECK(option_of("undo", "RUN").is_required);
    CHECK_FALSE(option_of("resume", "RUN").is_required);
}

TEST_CASE("a default that is no value is said in words") {
    CHECK(option_of("load", "hour-limit").default_value.empty());
    CHECK(option_of("load", "hour-limit").default_in_words == "what Apollo last told, else 400");
    CHECK(option_of("resume", "connections").default_in_words == "as the run has it");
    CHECK(option_of("load", "connections").default_value == "4");
    CHECK(option_of("load", "sequence-id").default_value.empty());
    CHECK(option_of("load", "sequence-id").default_in_words.empty());
}

TEST_CASE("every option of every command has a help and a group, and its words hold its default") {
    for (const auto& command : program_description().commands) {
        CHECK_FALSE(command.about.empty());
        for (const auto& option : command.options) {
            CAPTURE(command.name);
            CAPTURE(option.name);
            CHECK_FALSE(option.help.empty());
            CHECK_FALSE(option.group.empty());
            CHECK(option.value.empty() == (option.kind == OptionKind::flag));
            if (!option.choices.empty() && !option.default_value.empty())
                CHECK(std::ranges::find(option.choices, option.default_value) !=
                      option.choices.end());
        }
    }
}

TEST_CASE("a variable is the option's name in capitals") {
    CHECK(variable_of("batch-size") == "SEQLOAD_BATCH_SIZE");
    CHECK(variable_of("config") == "SEQLOAD_CONFIG");
}

}  // namespace seqload::app
