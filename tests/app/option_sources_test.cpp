#include "seqload/app/option_sources.hpp"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

const CommandDescription& command(const char* name) {
    const auto* const found = program_description().find(name);
    REQUIRE(found != nullptr);
    return *found;
}

ConfigFile file_of(const std::string& text) {
    auto file = read_config(text, "c.toml", program_description());
    REQUIRE(file.has_value());
    return std::move(*file);
}

std::vector<Setting> settings(const char* name, const std::set<std::string>& given,
                              const Variables& variables, const std::string& file) {
    const auto found =
        settings_beneath(command(name), given, variables, file_of(file), program_description());
    REQUIRE_MESSAGE(found.has_value(), to_string(found.error().front()));
    return *found;
}

std::string sources_refusal(const Variables& variables) {
    const auto found = settings_beneath(command("load"), {}, variables, {}, program_description());
    REQUIRE_FALSE(found.has_value());
    std::string lines;
    for (const Error& error : found.error())
        lines += to_string(error) + "\n";
    return lines;
}

}  // namespace

TEST_CASE("the environment comes before the command's table, that before the top level") {
    const std::string file = "batch-size = 1\n[load]\nbatch-size = 2\n[plan]\nbatch-size = 3\n";
    using Settings = std::vector<Setting>;
    CHECK(settings("load", {}, {{"SEQLOAD_BATCH_SIZE", "4"}}, file) ==
          Settings{{"batch-size", {"4"}, SourceKind::environment, "SEQLOAD_BATCH_SIZE"}});
    CHECK(settings("load", {}, {}, file) ==
          Settings{{"batch-size", {"2"}, SourceKind::file, "c.toml:3"}});
    CHECK(settings("check", {}, {}, file) ==
          Settings{{"batch-size", {"1"}, SourceKind::file, "c.toml:1"}});
    CHECK(settings("load", {"batch-size"}, {{"SEQLOAD_BATCH_SIZE", "4"}}, file).empty());
    CHECK(settings("undo", {}, {{"SEQLOAD_BATCH_SIZE", "4"}}, file).empty());
}

TEST_CASE("what is empty is not set, and in a command's table takes back the top level") {
    CHECK(settings("load", {}, {{"SEQLOAD_MAX_WAIT", ""}}, "max-wait = '30m'\n").size() == 1);
    CHECK(settings("load", {}, {}, "max-wait = '30m'\n[load]\nmax-wait = ''\n").empty());
    CHECK(settings("resume", {}, {}, "max-wait = '30m'\n[load]\nmax-wait = ''\n").size() == 1);
}

TEST_CASE("what a run on record brings along is changed by its command's table alone") {
    const std::string top = "connections = 9\nmax-wait = '30m'\n";
    const auto beneath = settings("resume", {}, {}, top);
    REQUIRE(beneath.size() == 1);
    CHECK(beneath[0].option == "max-wait");
    CHECK(settings("resume", {}, {}, top + "[resume]\nconnections = 2\n").size() == 2);
    CHECK(settings("resume", {}, {{"SEQLOAD_CONNECTIONS", "3"}}, top).size() == 2);
    CHECK(settings("load", {}, {}, top).size() == 2);
}

TEST_CASE("a flag in the environment is a word of yes or no") {
    for (const char* const yes : {"true", "TRUE", "1", "yes", " 1 "})
        CHECK(settings("load", {}, {{"SEQLOAD_NO_CHECK", yes}}, "").front().values ==
              std::vector<std::string>{"true"});
    for (const char* const no : {"false", "0", "No"})
        CHECK(settings("load", {}, {{"SEQLOAD_YES", no}}, "yes = true\n").front().values ==
              std::vector<std::string>{"false"});
    CHECK(sources_refusal({{"SEQLOAD_YES", "ja"}}) ==
          "SEQLOAD_YES: 'ja' is not true or false (1 and 0, yes and no will do, too)\n");
}

TEST_CASE("a list in the environment has one value a line") {
    CHECK(settings("load", {}, {{"SEQLOAD_EXCLUDE", "a b.csv\nc:d,e.csv\r\n\n"}}, "")
              .front()
              .values == std::vector<std::string>{"a b.csv", "c:d,e.csv"});
}

TEST_CASE("a variable that is a slip of an option's is an error, other names are not ours") {
    CHECK(sources_refusal({{"SEQLOAD_MAX_CONTACT", "5"}}) ==
          "SEQLOAD_MAX_CONTACT: there is no option of that name (did you mean "
          "SEQLOAD_MAX_CONTACTS?)\n");
    CHECK(sources_refusal({{"SEQLOAD_MDOE", "stop"}}).find("SEQLOAD_MODE") != std::string::npos);
    CHECK(sources_refusal({{"SEQLOAD_API_KEY", "sesame"}}) ==
          "SEQLOAD_API_KEY: the key is not read from there (set APOLLO_API_KEY)\n");
    CHECK(settings("load", {},
                   {{"SEQLOAD_IMAGE_VERSION", "7"},
                    {"SEQLOAD_MAX_CONTACT", ""},
                    {"PATH", "/bin"},
                    {"SEQLOAD_MODE", "stop"}},
                   "")
              .empty());
}

TEST_CASE("a variable that is no option's has no effect; operands have none of their own") {
    CHECK(variables_without_effect({{"SEQLOAD_IMAGE_VERSION", "7"},
                                    {"SEQLOAD_FILE", "a.csv"},
                                    {"SEQLOAD_EMPTY", ""},
                                    {"SEQLOAD_BATCH_SIZE", "7"},
                                    {"SEQLOAD_CONFIG", "c.toml"},
                                    {"PATH", "/bin"}},
                                   program_description()) ==
          std::vector<std::string>{"SEQLOAD_FILE", "SEQLOAD_IMAGE_VERSION"});
}

TEST_CASE("everything that is wrong with the environment is said at once") {
    const auto text = sources_refusal({{"SEQLOAD_YES", "ja"}, {"SEQLOAD_JSN", "1"}});
    CHECK(text.find("SEQLOAD_YES") != std::string::npos);
    CHECK(text.find("SEQLOAD_JSN") != std::string::npos);
}

}  // namespace seqload::app
