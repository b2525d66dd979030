#include "seqload/app/config_text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

OptionDescription option(const char* name, OptionKind kind, const char* group, const char* built_in,
                         const char* in_words = "") {
    OptionDescription described;
    described.name = name;
    described.kind = kind;
    described.group = group;
    described.help = "Help";
    described.default_value = built_in;
    described.default_in_words = in_words;
    return described;
}

const CommandDescription small{"load",
                               "Loads",
                               "",
                               {option("batch-size", OptionKind::number, "Requests", "100"),
                                option("yes", OptionKind::flag, "Run", "false"),
                                option("map", OptionKind::list, "Requests", ""),
                                option("out", OptionKind::text, "Run", "", "seqload-out/RUN"),
                                option("api-url", OptionKind::text, "Run", "https://a")}};

const std::vector<Setting> in_force{
    {"batch-size", {"50"}, SourceKind::file, "c.toml:3"},
    {"yes", {"true"}, SourceKind::command_line, ""},
    {"map", {"a=b", "c=d\x1b"}, SourceKind::environment, "SEQLOAD_MAP"},
    {"out", {}, SourceKind::built_in, ""},
    {"api-url", {"https://me:sesame@host:8/x"}, SourceKind::file, "c.toml:4"},
};

}  // namespace

TEST_CASE("the table is aligned within each group, and says where each value comes from") {
    CHECK(config_text({small, "c.toml", in_force, {}}) ==
          "seqload load, configured by c.toml\n"
          "\n"
          "Requests\n"
          "  batch-size  50            c.toml:3\n"
          "  map         a=b, c=d\\x1b  environment SEQLOAD_MAP\n"
          "\n"
          "Run\n"
          "  yes      true                command line\n"
          "  out      (seqload-out/RUN)   default\n"
          "  api-url  https://…@host:8/x  c.toml:4\n");
    CHECK(config_text({small, "", in_force, {}})
              .starts_with("seqload load, without a configuration file\n"));
}

TEST_CASE("variables that are no option's are named at the end") {
    CHECK(config_text({small, "", in_force, {"SEQLOAD_X", "SEQLOAD_Y\n"}})
              .ends_with("\nWithout effect, for there is no such option\n"
                         "  SEQLOAD_X\n"
                         "  SEQLOAD_Y\\n\n"));
}

TEST_CASE("as JSON it says of each option what is known of it") {
    const auto json = nlohmann::json::parse(
        config_json({small, "c.toml", in_force, {"SEQLOAD_X"}}, program_description()));
    CHECK(json["command"] == "load");
    CHECK(json["file"] == "c.toml");
    REQUIRE(json["options"].size() == 5);
    CHECK(json["options"][0]["value"] == 50);
    CHECK(json["options"][0]["default"] == 100);
    CHECK(json["options"][0]["source"] == "file");
    CHECK(json["options"][0]["place"] == "c.toml:3");
    CHECK(json["options"][0]["variable"] == "SEQLOAD_BATCH_SIZE");
    CHECK(json["options"][1]["value"] == true);
    CHECK(json["options"][1]["default"] == false);
    CHECK(json["options"][1]["place"].is_null());
    CHECK(json["options"][2]["value"] == nlohmann::json::array({"a=b", "c=d\x1b"}));
    CHECK(json["options"][3]["value"].is_null());
    CHECK(json["options"][3]["default_in_words"] == "seqload-out/RUN");
    CHECK(json["options"][4]["value"] == "https://…@host:8/x");
    CHECK(json["without_effect"] == nlohmann::json::array({"SEQLOAD_X"}));
    CHECK(json["commands"].size() > 7);
}

TEST_CASE("the password of a URL is not shown, and nothing else is left out") {
    CHECK(without_password("https://me:sesame@host/a") == "https://…@host/a");
    CHECK(without_password("https://me:ses@me@host") == "https://…@host");
    CHECK(without_password("https://host/a@b") == "https://host/a@b");
    CHECK(without_password("https://host?a@b") == "https://host?a@b");
    CHECK(without_password("me@host") == "me@host");
    CHECK(without_password("").empty());
}

}  // namespace seqload::app
