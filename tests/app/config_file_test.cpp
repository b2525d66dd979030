#include "seqload/app/config_file.hpp"

#include "seqload/base/joined.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

namespace {

std::vector<ConfigEntry> entries(const std::string& text) {
    const auto file = read_config(text, "c.toml", program_description());
    REQUIRE_MESSAGE(file.has_value(), file.error().front().what);
    return file->entries;
}

// All that is wrong with it, a line each.
std::string file_refusal(const std::string& text) {
    const auto file = read_config(text, "c.toml", program_description());
    REQUIRE_FALSE(file.has_value());
    std::string lines;
    for (const Error& error : file.error()) {
        CHECK(error.kind == ErrorKind::usage);
        lines += to_string(error) + "\n";
    }
    return lines;
}

}  // namespace

TEST_CASE("keys stand at the top level or in a command's table, in the order of the lines") {
    CHECK(entries("quiet = true\n"
                  "batch_size = 50\n"
                  "\n"
                  "[undo]\n"
                  "mode = 'stop'  # a remark\n"
                  "[load]\n"
                  "exclude = ['a.csv', 'b.csv']\n")
              .size() == 4);
}

TEST_CASE("a value is what the command line would give") {
    const std::vector<ConfigEntry> expected{
        {"", "quiet", {"true"}, 1},
        {"", "batch-size", {"50"}, 2},
        {"", "time-scale", {"0.5"}, 3},
        {"", "no-check", {"false"}, 4},
        {"", "max-failed", {"20"}, 5},
        {"", "max-skipped", {"5%"}, 6},
        {"", "map", {"contact_id=Lead: \"Apollo\" ID"}, 7},
        {"load", "exclude", {"a.csv", "b.csv"}, 9},
        {"load", "auto-unpause-at", {"2026-12-01T08:00:00Z"}, 10},
    };
    CHECK(entries("quiet = true\n"
                  "batch_size = 50\n"
                  "time-scale = 0.5\n"
                  "no-check = false\n"
                  "max-failed = 20\n"
                  "max-skipped = \"5%\"\n"
                  "map = \"contact_id=Lead: \\\"Apollo\\\" ID\"\n"
                  "[load]\n"
                  "exclude = [\"a.csv\", 'b.csv']\n"
                  "auto-unpause-at = 2026-12-01T08:00:00Z\n") == expected);
}

TEST_CASE("an empty text or list takes back what weaker places say") {
    const auto found = entries("[load]\nmax-wait = \"\"\nexclude = []\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0].values.empty());
    CHECK(found[1].values.empty());
}

TEST_CASE("line ends of Windows and a byte order mark change nothing") {
    const auto plain = entries("# a\nbatch-size = 5\n[load]\nyes = true\n");
    CHECK(entries("# a\r\nbatch-size = 5\r\n[load]\r\nyes = true\r\n") == plain);
    CHECK(entries("\xEF\xBB\xBF# a\nbatch-size = 5\n[load]\nyes = true\n") == plain);
    CHECK(entries("").empty());
    CHECK(entries("\n# nothing\n").empty());
    CHECK(entries("[load]\n").empty());
}

TEST_CASE("an unknown key is an error with a suggestion") {
    CHECK(file_refusal("\nbatch-sise = 5\n") ==
          "c.toml:2: seqload has no option 'batch-sise' (did you mean batch-size?)\n");
    CHECK(file_refusal("colour = true\n") ==
          "c.toml:1: seqload has no option 'colour' (`seqload config` lists the options)\n");
    CHECK(file_refusal("[undo]\nmoed = 'stop'\n") ==
          "c.toml:2: undo has no option 'moed' (did you mean mode?)\n");
    CHECK(file_refusal("[runs]\ncolour = 1\n") ==
          "c.toml:2: runs has no option 'colour' (`seqload config runs` lists the options)\n");
    CHECK(file_refusal("[load]\nmode = 'stop'\n") ==
          "c.toml:2: load has no option mode (these have it: undo)\n");
    CHECK(file_refusal("\"a\\u001bb\" = 1\n").find("a\\x1bb") != std::string::npos);
}

TEST_CASE("operands, --config and help are no keys") {
    CHECK(file_refusal("FILE = 'a.csv'\n").find("no option 'FILE'") != std::string::npos);
    CHECK(file_refusal("RUN = 'x'\n").find("no option 'RUN'") != std::string::npos);
    CHECK(file_refusal("help = true\n").find("no option 'help'") != std::string::npos);
    CHECK(file_refusal("config = 'x'\n").find("cannot name another") != std::string::npos);
}

TEST_CASE("a table that is no command is an error, and a command that is no table") {
    CHECK(file_refusal("[laod]\nyes = true\n") ==
          "c.toml:1: there is no command for the table [laod] (did you mean [load]?)\n");
    CHECK(file_refusal("[contacts]\n").find("tables are named like commands") != std::string::npos);
    CHECK(file_refusal("batch-size = { load = 5 }\n").find("batch-size") != std::string::npos);
    CHECK(file_refusal("[config]\njson = true\n").find("[config]") == std::string::npos);
    CHECK(file_refusal("[config]\njson = true\n").find("does not read the configuration") !=
          std::string::npos);
    CHECK(file_refusal("check = false\n") ==
          "c.toml:1: check is a command and no option (options of it alone stand under [check], "
          "once and in single brackets)\n");
    CHECK(file_refusal("[[load]]\nyes = true\n").find("single brackets") != std::string::npos);
    CHECK(file_refusal("[load.deeper]\nyes = true\n").find("no option 'deeper'") !=
          std::string::npos);
}

TEST_CASE(
    "an option may be called like a command: a table is the command's, a value the option's") {
    ProgramDescription program = program_description();
    OptionDescription plan;
    plan.name = "plan";
    program.commands[1].options.push_back(plan);
    REQUIRE(program.commands[1].name == "load");
    const auto option = read_config("plan = 'p.json'\n", "c.toml", program);
    REQUIRE(option.has_value());
    CHECK(option->entries == std::vector<ConfigEntry>{{"", "plan", {"p.json"}, 1}});
    const auto both = read_config("[plan]\nquiet = true\n[load]\nplan = 'p'\n", "c.toml", program);
    REQUIRE(both.has_value());
    CHECK(both->entries ==
          std::vector<ConfigEntry>{{"plan", "quiet", {"true"}, 2}, {"load", "plan", {"p"}, 4}});
}

TEST_CASE("a value of another type is an error that shows how it is written") {
    CHECK(file_refusal("batch-size = '50'\n") ==
          "c.toml:1: batch-size takes a number, not a text (as in batch-size = 100, without "
          "quotes)\n");
    CHECK(file_refusal("quiet = 1\n") ==
          "c.toml:1: quiet takes true or false, not a number (as in quiet = true, without "
          "quotes)\n");
    CHECK(file_refusal("timeout = true\n") ==
          "c.toml:1: timeout takes a text, not true or false (as in timeout = \"DURATION\")\n");
    CHECK(file_refusal("timeout = ['60s']\n").find("not a list") != std::string::npos);
    CHECK(file_refusal("exclude = ['a.csv', 5]\n").find("one of these is a number") !=
          std::string::npos);
    CHECK(file_refusal("exclude = ['a.csv', '']\n").find("one of these is empty") !=
          std::string::npos);
    CHECK(file_refusal("exclude = 5\n").find("a text or a list of texts, not a number") !=
          std::string::npos);
    CHECK(file_refusal("batch-size = 2026-12-01\n").find("not a date or time") !=
          std::string::npos);
}

TEST_CASE("a text that would be cut off on its way is refused") {
    CHECK(file_refusal("api-url = \"https://a\\u0000.example\"\n") ==
          "c.toml:1: api-url takes no text with a NUL in it (leave the NUL out of api-url)\n");
    CHECK(file_refusal("exclude = [\"a\\u0000b\"]\n").find("NUL") != std::string::npos);
    CHECK(entries("delimiter = \"\\t\"\n").front().values == std::vector<std::string>{"\t"});
}

TEST_CASE("a key stands once, however it is spelled") {
    CHECK(file_refusal("batch_size = 5\nyes = true\nbatch-size = 6\n") ==
          "c.toml:3: batch-size stands there already, in line 1 (- and _ are the same in a key; "
          "keep one of the two)\n");
    CHECK(file_refusal("yes = true\nyes = true\n").find("c.toml:2: this is not TOML: ") == 0);
    CHECK(entries("batch-size = 5\n[load]\nbatch_size = 6\n").size() == 2);
}

TEST_CASE("what is not TOML is refused at its line") {
    CHECK(file_refusal("quiet = true\nstate = \"x\n").starts_with("c.toml:2: this is not TOML: "));
    CHECK(file_refusal("state = x\n").starts_with("c.toml:1: this is not TOML: "));
    CHECK(file_refusal("[load\n").starts_with("c.toml:1: "));
    CHECK(file_refusal("yes = true\n[)oad]\n").starts_with("c.toml:2: this is not TOML: "));
    CHECK(file_refusal("load.)x = 1\n").starts_with("c.toml:1: this is not TOML: "));
    CHECK(
        file_refusal("yes = true\nstate = äußerst\n").starts_with("c.toml:2: this is not TOML: "));
    CHECK(file_refusal("größe = 1\n").starts_with("c.toml:1: this is not TOML: "));
    CHECK(entries("# größe\nstate = \"größe\"\n").front().values ==
          std::vector<std::string>{"größe"});
    CHECK(file_refusal("state = \"\xFF\"\n").starts_with("c.toml:1: "));
    CHECK(file_refusal(std::string("\0", 1)).starts_with("c.toml:1: "));
    CHECK(file_refusal(joined("exclude = ", std::string(5000, '['))).starts_with("c.toml:1: "));
    CHECK(file_refusal("\xFF\xFEy\0e\0s\0").find("c.toml:1: ") == 0);
}

TEST_CASE("a secret is sent to its own file, and never repeated") {
    for (const char* const name : {"api-key", "api_key", "APOLLO_API_KEY", "token", "key"}) {
        const auto text = file_refusal(joined(name, " = 'sesame'\n"));
        CAPTURE(text);
        CHECK(text.find("api-key-file") != std::string::npos);
        CHECK(text.find("sesame") == std::string::npos);
    }
    CHECK(file_refusal("[load]\napi-key = 'sesame'\n").find("c.toml:2: ") == 0);
}

TEST_CASE("everything that is wrong is said at once, by lines") {
    const auto text =
        file_refusal("yes = 'true'\nbatch-sise = 1\n[laod]\nx = 1\n[undo]\nmode = true\n");
    std::size_t earlier = 0;
    for (const char* const place : {"c.toml:1: ", "c.toml:2: ", "c.toml:3: ", "c.toml:6: "}) {
        const auto found = text.find(place);
        REQUIRE(found != std::string::npos);
        CHECK(found >= earlier);
        earlier = found;
    }
}

TEST_CASE("any text in quotes comes back as it was") {
    CHECK(rc::check([](const std::string& bytes) {
        std::string text;
        for (const char byte : bytes)
            text += static_cast<char>(0x20 + (static_cast<unsigned char>(byte) % 0x5F));
        RC_PRE(!text.empty());
        std::string quoted;
        for (const char letter : text)
            quoted +=
                letter == '"' || letter == '\\' ? std::string{'\\', letter} : std::string{letter};
        const auto file =
            read_config(joined("state = \"", quoted, "\"\n"), "c", program_description());
        RC_ASSERT(file.has_value());
        RC_ASSERT(file->entries.size() == 1U);
        RC_ASSERT(file->entries[0].values == std::vector<std::string>{text});
    }));
}

}  // namespace seqload::app
