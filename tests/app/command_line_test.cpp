#include "seqload/app/command_line.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

Command read(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "seqload");
    return read_command_line(static_cast<int>(arguments.size()), arguments.data(), WallTime());
}

std::string refusal(std::vector<const char*> arguments) {
    const auto command = read(std::move(arguments));
    const auto* printout = std::get_if<Printout>(&command);
    REQUIRE(printout != nullptr);
    CHECK(printout->exit_code == 2);
    return printout->text;
}

}  // namespace

TEST_CASE("load knows what it is told, and the defaults of the rest") {
    const auto command =
        read({"load", "a.csv", "-", "--sequence-id", "66E9E215ECE19801B219997F", "--yes",
              "--sequence-no-email", "--hour-limit", "0", "--map", "contact_id=Lead: Apollo ID"});
    const auto* load = std::get_if<LoadOptions>(&command);
    REQUIRE(load != nullptr);
    CHECK(load->plan.files == std::vector<std::string>{"a.csv", "-"});
    CHECK(load->plan.read.defaults.sequence->text() == "66e9e215ece19801b219997f");
    CHECK(load->plan.read.defaults.flags[static_cast<std::size_t>(Flag::sequence_no_email)]);
    CHECK_FALSE(load->plan.limits[Window::hour]);
    CHECK(load->plan.limits[Window::minute] == 200);
    REQUIRE(load->plan.read.column_names.size() == 1);
    CHECK(load->plan.read.column_names[0].second == "Lead: Apollo ID");
    CHECK(load->yes);
    CHECK(load->passthrough);
    CHECK(load->connection.timeout == std::chrono::seconds(60));
    CHECK(load->connection.give_up_after == std::chrono::minutes(5));
}

TEST_CASE("values that make no sense are refused, with the option and the value") {
    CHECK(refusal({"plan", "a.csv", "--status", "on"}).find("--status: 'on' is not active") !=
          std::string::npos);
    CHECK(refusal({"plan", "a.csv", "--delimiter", "#"}).find("--delimiter") != std::string::npos);
    CHECK(refusal({"plan", "a.csv", "--map", "who=x"}).find("'who'") != std::string::npos);
    CHECK(refusal({"load", "a.csv", "--timeout", "0s"}).find("--timeout") != std::string::npos);
    CHECK(refusal({"load", "a.csv", "--batch-size", "0"}).find("--batch-size") !=
          std::string::npos);
    CHECK(refusal({"plan"}).find("FILE") != std::string::npos);
    CHECK(refusal({"plan", "a.csv", "--yes"}).find("--yes") != std::string::npos);
}

TEST_CASE("help and version are answered, not refused") {
    for (const char* option : {"--help", "--version"}) {
        const auto command = read({option});
        const auto* printout = std::get_if<Printout>(&command);
        REQUIRE(printout != nullptr);
        CHECK(printout->exit_code == 0);
        CHECK(
            printout->text.starts_with(std::string(option) == "--version" ? "seqload 0" : "Adds"));
    }
}

}  // namespace seqload::app
