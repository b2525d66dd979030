#include "seqload/app/command_line.hpp"
#include "seqload/base/joined.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

Reading read(const std::vector<std::string>& arguments, const Variables& variables = {}) {
    std::vector<const char*> words{"seqload"};
    for (const auto& argument : arguments)
        words.push_back(argument.c_str());
    return read_command_line(static_cast<int>(words.size()), words.data(), variables, WallTime());
}

std::string refusal(const std::vector<std::string>& arguments, const Variables& variables = {}) {
    const auto reading = read(arguments, variables);
    const auto* const printout = std::get_if<Printout>(&reading.command);
    REQUIRE(printout != nullptr);
    CHECK(printout->exit_code == 2);
    return printout->text;
}

std::string printed(const std::vector<std::string>& arguments, const Variables& variables = {}) {
    const auto reading = read(arguments, variables);
    const auto* const printout = std::get_if<Printout>(&reading.command);
    REQUIRE(printout != nullptr);
    CHECK_MESSAGE(printout->exit_code == 0, printout->text);
    return printout->text;
}

// An option of load, and what it looks like in each place with a value of its own;
// seen(): what the load has been told.
struct Sample {
    std::string name;
    std::string built_in, top, table, environment, command_line;  // what is then seen
    std::string top_line, table_line, variable, argument;         // how that is said
    std::function<std::string(const LoadOptions&)> seen;
};

std::string yes_or_no(bool value) {
    return value ? "yes" : "no";
}

const std::vector<Sample>& samples() {
    static const std::vector<Sample> all{
        {"a number", "100", "1", "2", "3", "4", "batch-size = 1", "batch_size = 2",
         "SEQLOAD_BATCH_SIZE=3", "--batch-size=4",
         [](const LoadOptions& load) { return std::to_string(load.plan.batch_size); }},
        {"a number that may be left open", "none", "1", "2", "3", "4", "max-contacts = 1",
         "max-contacts = 2", "SEQLOAD_MAX_CONTACTS=3", "--max-contacts=4",
         [](const LoadOptions& load) {
             return load.max_contacts ? std::to_string(*load.max_contacts) : "none";
         }},
        {"a duration", "60000", "1000", "2000", "3000", "4000", "timeout = '1s'", "timeout = '2s'",
         "SEQLOAD_TIMEOUT=3s", "--timeout=4s",
         [](const LoadOptions& load) { return std::to_string(load.connection.timeout.count()); }},
        {"a word", "query", "body", "query", "body", "query", "params = 'body'", "params = 'query'",
         "SEQLOAD_PARAMS=body", "--params=query",
         [](const LoadOptions& load) {
             return load.plan.form == apollo::ParametersForm::body ? "body" : "query";
         }},
        {"a text", "", "a", "b", "c", "d", "out = 'a'", "out = 'b'", "SEQLOAD_OUT=c", "--out=d",
         [](const LoadOptions& load) { return load.output_directory; }},
        {"a flag", "no", "yes", "no", "yes", "no", "yes = true", "yes = false", "SEQLOAD_YES=1",
         "--yes=false", [](const LoadOptions& load) { return yes_or_no(load.yes); }},
        {"a flag that says no", "yes", "no", "yes", "no", "yes", "no-check = true",
         "no-check = false", "SEQLOAD_NO_CHECK=true", "--no-check=false",
         [](const LoadOptions& load) { return yes_or_no(load.check); }},
        {"a list", "", "a+b+", "c+", "d+e+", "f+", "exclude = ['a', 'b']", "exclude = 'c'",
         "SEQLOAD_EXCLUDE=d\ne", "--exclude=f",
         [](const LoadOptions& load) {
             std::string all_of_it;
             for (const auto& each : load.plan.excludes)
                 all_of_it += each + "+";
             return all_of_it;
         }},
    };
    return all;
}

std::string seen(const Sample& sample, unsigned places, const test::TemporaryDirectory& folder) {
    std::string text;
    if ((places & 1U) != 0)
        text += sample.top_line + "\n";
    if ((places & 2U) != 0)
        text += joined("[load]\n", sample.table_line, "\n");
    Variables variables;
    if ((places & 4U) != 0) {
        const auto equals = sample.variable.find('=');
        variables[sample.variable.substr(0, equals)] = sample.variable.substr(equals + 1);
    }
    std::vector<std::string> arguments{"load", "--config", folder.write("c.toml", text), "x.csv"};
    if ((places & 8U) != 0)
        arguments.push_back(sample.argument);
    const auto reading = read(arguments, variables);
    const auto* const load = std::get_if<LoadOptions>(&reading.command);
    if (load == nullptr)
        return std::get<Printout>(reading.command).text;
    CHECK(load->plan.files == std::vector<std::string>{"x.csv"});
    return sample.seen(*load);
}

}  // namespace

TEST_CASE("of all that speak, the strongest holds, whatever kind of option it is") {
    const test::TemporaryDirectory folder;
    for (const Sample& sample : samples()) {
        CAPTURE(sample.name);
        for (unsigned places = 0; places < 16; ++places) {
            CAPTURE(places);
            const std::string& expected = (places & 8U) != 0   ? sample.command_line
                                          : (places & 4U) != 0 ? sample.environment
                                          : (places & 2U) != 0 ? sample.table
                                          : (places & 1U) != 0 ? sample.top
                                                               : sample.built_in;
            CHECK(seen(sample, places, folder) == expected);
        }
    }
}

TEST_CASE("the file is the one that --config names, else SEQLOAD_CONFIG, else the user's") {
    const test::TemporaryDirectory folder;
    std::filesystem::create_directories(folder.path() / "seqload");
    const auto first = folder.write("a.toml", "batch-size = 1\n");
    const auto second = folder.write("b.toml", "batch-size = 2\n");
    folder.write("seqload/config.toml", "batch-size = 3\n");
    const Variables home{{"XDG_CONFIG_HOME", folder.path().string()}};
    Variables both = home;
    both["SEQLOAD_CONFIG"] = second;
    Variables emptied = home;
    emptied["SEQLOAD_CONFIG"] = "";
    const auto size = [](std::vector<std::string> arguments, const Variables& variables) {
        arguments.insert(arguments.begin(), {"load", "x.csv"});
        const auto reading = read(arguments, variables);
        const auto* const load = std::get_if<LoadOptions>(&reading.command);
        REQUIRE(load != nullptr);
        return load->plan.batch_size;
    };
    CHECK(size({"--config", first}, both) == 1);
    CHECK(size({}, both) == 2);
    CHECK(size({}, home) == 3);
    CHECK(size({}, emptied) == 3);
    CHECK(size({"--config", ""}, both) == 100);
    CHECK(refusal({"load", "x.csv", "--config", first + "x"}).find(first + "x: ") !=
          std::string::npos);
}

TEST_CASE("a value that makes no sense is refused where it stands, not on the command line") {
    const test::TemporaryDirectory folder;
    const auto refused_in_file = [&](const std::string& text) {
        const auto path = folder.write("c.toml", text);
        auto said = refusal({"load", "x.csv", "--config", path});
        const std::string start = "seqload: error: " + path + ":";
        CHECK(said.starts_with(start));
        return said.substr(std::min(start.size(), said.size()));
    };
    CHECK(refused_in_file("\nbatch-size = 0\n") ==
          "2: batch-size: '0' is not a number from 1 to 10000\n");
    CHECK(refused_in_file("timeout = '60'\n") ==
          "1: timeout: '60' is not a duration such as 30s, 5m or 1h30m\n");
    CHECK(refused_in_file("params = 'boody'\n") == "1: params: 'boody' is not query or body\n");
    CHECK(refused_in_file("sequence-id = 'x'\n") ==
          "1: sequence-id: 'x' is not an id of 24 hex characters\n");
    CHECK(refused_in_file("map = ['label=L', 'who=W']\n").starts_with("1: map: 'who' is not "));
    CHECK(refusal({"load", "x.csv"}, {{"SEQLOAD_BATCH_SIZE", "0"}}) ==
          "seqload: error: SEQLOAD_BATCH_SIZE: '0' is not a number from 1 to 10000\n");
    CHECK(refusal({"load", "x.csv"}, {{"SEQLOAD_MAX_FAILED", "half"}})
              .starts_with("seqload: error: SEQLOAD_MAX_FAILED: 'half' is not "));
    // What somebody typed is blamed on what they typed, also beside a file.
    const auto path = folder.write("c.toml", "timeout = '1s'\n");
    CHECK(refusal({"load", "x.csv", "--config", path, "--timeout", "60"})
              .starts_with("seqload: error: --timeout: '60' is not "));
}

TEST_CASE("help and version are answered whatever the configuration is") {
    const test::TemporaryDirectory folder;
    const Variables broken{{"SEQLOAD_CONFIG", folder.write("c.toml", "= nonsense")},
                           {"SEQLOAD_YES", "perhaps"}};
    CHECK(printed({"--version"}, broken).starts_with("seqload "));
    CHECK(printed({"--help"}, broken).find("load") != std::string::npos);
    CHECK(printed({"load", "--help"}, broken).find("--batch-size") != std::string::npos);
    CHECK(refusal({"load", "x.csv"}, broken).find("not TOML") != std::string::npos);
    CHECK(std::holds_alternative<ExplainOptions>(read({"explain", "answer_lost"}, broken).command));
}

TEST_CASE("files and runs are named on the command line alone") {
    CHECK(refusal({"load"}, {{"SEQLOAD_FILE", "x.csv"}}).find("FILE") != std::string::npos);
}

TEST_CASE("a file that says whom to trust does not do so in silence") {
    const test::TemporaryDirectory folder;
    const auto path =
        folder.write("c.toml", "api-url = 'https://me:sesame@example.org'\nca-file = 'ca.pem'\n");
    const auto remarks = read({"load", "x.csv", "--config", path}).remarks;
    CHECK(remarks == std::vector<std::string>{path + ":1 sets api-url to https://…@example.org",
                                              path + ":2 sets ca-file to ca.pem"});
    CHECK(read({"load", "x.csv", "--config", path, "--quiet"}).remarks.empty());
    CHECK(read({"load", "x.csv", "--config", path, "--api-url=https://a", "--ca-file=b"})
              .remarks.empty());
}

TEST_CASE("how a command talks is known as every option is, and of explain by what is seen") {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("c.toml", "log-format = 'json'\nlog-level = 'error'\n");
    CHECK(read({"load", "x.csv", "--config", path}).log ==
          LogManners{LogFormat::json, LogLevel::error});
    CHECK(read({"load", "x.csv", "--config", path, "--log-format", "text"},
               {{"SEQLOAD_LOG_LEVEL", "debug"}})
              .log == LogManners{LogFormat::text, LogLevel::debug});
    CHECK(read({"load", "x.csv"}).log == LogManners());
    CHECK(read({"explain"}, {{"SEQLOAD_LOG_FORMAT", "json"}}).log.format == LogFormat::json);
    CHECK(read({"load", "--what"}, {{"SEQLOAD_LOG_FORMAT", "json"}}).log.format == LogFormat::json);
}

TEST_CASE("a usage error says the same as text and as a line of JSON") {
    const auto reading = read({"load", "x.csv", "--batch-size", "0"});
    const auto& printout = std::get<Printout>(reading.command);
    REQUIRE(printout.lines.size() == 1);
    CHECK(printout.lines[0].level == LogLevel::error);
    CHECK(printout.text ==
          joined("seqload: error: ",
                 printout.lines[0].message.substr(0, printout.lines[0].message.find("; try")),
                 "\nTry `seqload load --help`.\n"));
}

TEST_CASE("config shows a command's options without carrying it out or wanting its files") {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("c.toml", "batch-size = 7\n[undo]\nmode = 'stop'\n");
    const Variables variables{{"SEQLOAD_CONFIG", path}, {"SEQLOAD_ATTEMPTS", "2"}};
    const auto load = printed({"config"}, variables);
    CHECK(load.starts_with("seqload load, configured by " + path + "\n"));
    CHECK(load.find("batch-size          7      " + path + ":1\n") != std::string::npos);
    CHECK(load.find("environment SEQLOAD_ATTEMPTS\n") != std::string::npos);
    CHECK(printed({"config", "--batch-size", "8"}, variables).find("8      command line") !=
          std::string::npos);
    CHECK(printed({"config", "load", "a.csv", "--batch-size", "8"}, variables)
              .find("8      command line") != std::string::npos);
    CHECK(printed({"config", "undo"}, variables).find("stop") != std::string::npos);
    CHECK(printed({"config", "--config", "", "undo"}, variables).find("stop") == std::string::npos);
    CHECK(printed({"config", "undo", "--config", ""}, variables).find("stop") == std::string::npos);
    CHECK(printed({"config", "--json", "undo"}, variables).starts_with("{"));
    CHECK(printed({"config", "undo", "--json"}, variables).starts_with("{"));
    CHECK(refusal({"config", "laod"}).find("did you mean load?") != std::string::npos);
    CHECK(refusal({"config", "config"}).find("no command of that name") != std::string::npos);
    CHECK(refusal({"config", "load", "--batch-size", "0"}).find("--batch-size") !=
          std::string::npos);
}

}  // namespace seqload::app
