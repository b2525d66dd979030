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

Command command_of(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "seqload");
    return read_command_line(static_cast<int>(arguments.size()), arguments.data(), {}, WallTime())
        .command;
}

std::string command_refusal(std::vector<const char*> arguments) {
    const auto command = command_of(std::move(arguments));
    const auto* printout = std::get_if<Printout>(&command);
    REQUIRE(printout != nullptr);
    CHECK(printout->exit_code == 2);
    return printout->text;
}

}  // namespace

TEST_CASE("load knows what it is told, and the defaults of the rest") {
    const auto command = command_of({"load", "a.csv", "-", "--sequence-id",
                                     "66E9E215ECE19801B219997F", "--yes", "--sequence-no-email",
                                     "--hour-limit", "0", "--map", "contact_id=Lead: Apollo ID"});
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

TEST_CASE("sequence, mailboxes and user may be given by name, but not by both") {
    const auto command = command_of({"plan", "a.csv", "--sequence", " Welcome ", "--email-account",
                                     "a@b.c; d@e.f;", "--user", "ann@b.c", "--map", "label="});
    const auto* plan = std::get_if<PlanOptions>(&command);
    REQUIRE(plan != nullptr);
    CHECK(plan->read.defaults.sequence_called == "Welcome");
    CHECK(plan->read.defaults.mailboxes_called == std::vector<std::string>{"a@b.c", "d@e.f"});
    CHECK(plan->read.defaults.user_called == "ann@b.c");
    CHECK(plan->read.column_names.at(0) == std::pair(input::Column::label, std::string()));
    CHECK(command_refusal({"load", "a.csv", "--sequence", "Welcome", "--sequence-id",
                           "66e9e215ece19801b219997f"})
              .find("--sequence: 'Welcome' and --sequence-id 66e9e215ece19801b219997f cannot be "
                    "given together") != std::string::npos);
    CHECK(command_refusal({"check", "--email-account", ";"})
              .find("--email-account: ';' is not an address") != std::string::npos);
    CHECK(command_refusal({"plan", "a.csv", "--map", "sequence"}).find("COLUMN=NAME") !=
          std::string::npos);
}

TEST_CASE("a run is named, or the latest is meant, where that can do no harm") {
    const auto latest = command_of({"resume"});
    REQUIRE(std::holds_alternative<ResumeOptions>(latest));
    CHECK(std::get<ResumeOptions>(latest).run.run.empty());
    const auto named = command_of({"verify", "20261124-080000-abcd", "--all"});
    REQUIRE(std::holds_alternative<VerifyOptions>(named));
    CHECK(std::get<VerifyOptions>(named).run.run == "20261124-080000-abcd");
    CHECK(std::get<VerifyOptions>(named).all);
    CHECK(command_refusal({"undo"}).find("RUN") != std::string::npos);
    CHECK(command_refusal({"report"}).find("RUN") != std::string::npos);
}

TEST_CASE("resume takes what paces a run, and nothing that shapes its requests") {
    const auto command = command_of({"resume", "--connections", "2", "--hour-limit", "0", "--yes"});
    const auto* resume = std::get_if<ResumeOptions>(&command);
    REQUIRE(resume != nullptr);
    CHECK(resume->yes);
    CHECK(resume->pace.connections == 2U);
    CHECK(resume->pace.limits[static_cast<std::size_t>(Window::hour)] == PaceOptions::unlimited);
    CHECK_FALSE(resume->pace.attempts);
    for (const char* shaping : {"--batch-size=5", "--params=body", "--sequence-no-email",
                                "--delimiter=;", "--labels-per-request=2", "--api-url=https://x"})
        CHECK(command_refusal({"resume", shaping}).find(std::string(shaping).substr(0, 6)) !=
              std::string::npos);
}

TEST_CASE("undo knows how to take back, and refuses other ways by name") {
    const auto command =
        command_of({"undo", "R", "--mode", "mark_as_finished", "--include-answer-lost"});
    const auto* undo = std::get_if<UndoOptions>(&command);
    REQUIRE(undo != nullptr);
    CHECK(undo->mode == apollo::RemovalMode::mark_as_finished);
    CHECK(undo->include_answer_lost);
    CHECK_FALSE(undo->yes);
    CHECK(command_refusal({"undo", "R", "--mode", "forget"}).find("forget") != std::string::npos);
}

TEST_CASE("runs forgets what is older than a duration, and asks for one") {
    const auto command = command_of({"runs", "--prune", "90d", "--json"});
    const auto* runs = std::get_if<RunsOptions>(&command);
    REQUIRE(runs != nullptr);
    CHECK(runs->json);
    CHECK(runs->prune == std::chrono::days(90));
    CHECK(command_refusal({"runs", "--prune", "soon"}).find("soon") != std::string::npos);
}

TEST_CASE("a load is told what it puts up with, and how long it may wait") {
    const auto command =
        command_of({"load", "a.csv", "--max-failed", "5%", "--max-skipped", "20", "--max-contacts",
                    "1000", "--deadline", "4h", "--max-wait", "30m"});
    const auto* load = std::get_if<LoadOptions>(&command);
    REQUIRE(load != nullptr);
    CHECK(load->brake.failed == dispatch::parse_tolerance("5%"));
    CHECK(load->brake.skipped == dispatch::parse_tolerance("20"));
    CHECK(load->max_contacts == 1000U);
    CHECK(load->connection.deadline == std::chrono::hours(4));
    CHECK(load->connection.max_wait == std::chrono::minutes(30));
    CHECK(command_refusal({"load", "a.csv", "--max-failed", "half"}).find("'half'") !=
          std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--deadline", "25:00"}).find("'25:00'") !=
          std::string::npos);
    const auto tomorrow = command_of({"resume", "--deadline", "06:00"});
    const auto* resume = std::get_if<ResumeOptions>(&tomorrow);
    REQUIRE(resume != nullptr);
    REQUIRE(resume->pace.deadline);
    CHECK(*resume->pace.deadline > Duration::zero());
    CHECK(*resume->pace.deadline <= std::chrono::hours(25));
}

TEST_CASE("a canary is a number of rows, which resume may do without") {
    const auto command = command_of({"load", "a.csv", "--canary", "5"});
    REQUIRE(std::holds_alternative<LoadOptions>(command));
    CHECK(std::get<LoadOptions>(command).plan.canary == 5);
    const auto plan = command_of({"plan", "a.csv", "--canary", "5"});
    REQUIRE(std::holds_alternative<PlanOptions>(plan));
    CHECK(std::get<PlanOptions>(plan).canary == 5);
    for (const char* bad : {"-1", "5%", "some"})
        CHECK(command_refusal({"load", "a.csv", "--canary", bad}).find("--canary") !=
              std::string::npos);

    const auto resume = command_of({"resume"});
    REQUIRE(std::holds_alternative<ResumeOptions>(resume));
    CHECK(std::get<ResumeOptions>(resume).canary);
    const auto untried = command_of({"resume", "--no-canary"});
    REQUIRE(std::holds_alternative<ResumeOptions>(untried));
    CHECK_FALSE(std::get<ResumeOptions>(untried).canary);
}

TEST_CASE("a reserve is a share of each window, which the forecast leaves alone, too") {
    const auto command = command_of({"load", "a.csv", "--reserve", "20%", "--hour-limit", "300"});
    const auto* load = std::get_if<LoadOptions>(&command);
    REQUIRE(load != nullptr);
    CHECK(load->connection.reserve == 0.2);
    CHECK(load->connection.limits[Window::hour] == 300U);
    CHECK(load->plan.limits[Window::hour] == 240U);
    for (const char* bad : {"20", "100%", "-5%", "some"})
        CHECK(command_refusal({"load", "a.csv", "--reserve", bad}).find("20%") !=
              std::string::npos);
}

TEST_CASE("values that make no sense are refused, with the option and the value") {
    CHECK(
        command_refusal({"plan", "a.csv", "--status", "on"}).find("--status: 'on' is not active") !=
        std::string::npos);
    CHECK(command_refusal({"plan", "a.csv", "--delimiter", "#"}).find("--delimiter") !=
          std::string::npos);
    CHECK(command_refusal({"plan", "a.csv", "--map", "who=x"}).find("'who'") != std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--timeout", "0s"}).find("--timeout") !=
          std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--batch-size", "0"}).find("--batch-size") !=
          std::string::npos);
    CHECK(command_refusal({"plan"}).find("FILE") != std::string::npos);
    CHECK(command_refusal({"plan", "a.csv", "--yes"}).find("--yes") != std::string::npos);
}

TEST_CASE("a word that nobody knows gets the one that was probably meant") {
    CHECK(command_refusal({"load", "a.csv", "--bacth-size", "5"}) ==
          "seqload: error: --bacth-size: load has no such option (did you mean --batch-size?)\n"
          "Try `seqload load --help`.\n");
    CHECK(command_refusal({"laod", "a.csv"}) ==
          "seqload: error: laod: there is no such command (did you mean load?)\n"
          "Try `seqload --help`.\n");
    CHECK(command_refusal({"leads.csv"}).find("(did you mean `seqload load leads.csv`?)") !=
          std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--mode=stop"})
              .find("--mode: load has no such option (undo has it)") != std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--moed=stop"})
              .find("(did you mean --mode? undo has it)") != std::string::npos);
    CHECK(command_refusal({"resume", "--batch-size=5"}).find("(plan, load and check have it)") !=
          std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "-Z"}).find("-Z: load has no such option\n") !=
          std::string::npos);
    CHECK(command_refusal({"load", "a.csv", "--batch-size"})
              .find("--batch-size: its value is missing") != std::string::npos);
    CHECK(command_refusal({"undo", "R", "S"}).find("S: undo does not take this as well") !=
          std::string::npos);
    CHECK(command_refusal({}).find("no command is given") != std::string::npos);
}

TEST_CASE("help and version are answered, not refused") {
    for (const char* option : {"--help", "--version"}) {
        const auto command = command_of({option});
        const auto* printout = std::get_if<Printout>(&command);
        REQUIRE(printout != nullptr);
        CHECK(printout->exit_code == 0);
        CHECK(
            printout->text.starts_with(std::string(option) == "--version" ? "seqload 0" : "Adds"));
    }
}

}  // namespace seqload::app
