#include "seqload/sandbox/options.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

Options parsed(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "apollo-sandbox");
    const auto result = parse_options(static_cast<int>(arguments.size()), arguments.data());
    REQUIRE(std::holds_alternative<Options>(result));
    return std::get<Options>(result);
}

}  // namespace

TEST_CASE("without options it is Basic on port 8443, in real time") {
    const Options options = parsed({});
    CHECK(options.port == 8443);
    CHECK(options.limits == basic_plan);
    CHECK(options.time_scale == 1.0);
    CHECK_FALSE(options.plain_port);
}

TEST_CASE("limits replace the plan's") {
    CHECK(parsed({"--plan", "organization"}).limits == organization_plan);
    CHECK(parsed({"--plan", "free"}).limits == free_plan);
    CHECK(parsed({"--plan", "free", "--limits", "5/0/100"}).limits ==
          QuotaLimits{{5, std::nullopt, 100}});
    CHECK(parsed({"--limits", "unlimited"}).limits == QuotaLimits{});
    CHECK(parsed({"--plain-port", "0"}).plain_port == std::uint16_t{0});
}

TEST_CASE("limits are three numbers or the word") {
    CHECK(parse_limits("1/2/3") == QuotaLimits{{1, 2, 3}});
    for (const char* wrong : {"", "1/2", "1/2/3/4", "a/2/3", "1/ 2/3", "-1/2/3", "all"})
        CHECK_FALSE(parse_limits(wrong));
}

TEST_CASE("every option is described, with its default and the words it takes") {
    const auto program = program_description();
    CHECK(program.name == "apollo-sandbox");
    for (const auto& option : program.options) {
        CAPTURE(option.name);
        CHECK_FALSE(option.help.empty());
        CHECK_FALSE(option.value.empty());
        if (option.name == "plan")
            CHECK(option.choices == std::vector<std::string>{"free", "basic", "organization"});
        if (option.name == "port")
            CHECK(option.default_value == "8443");
    }
    CHECK(program.options.size() == 11);
}
