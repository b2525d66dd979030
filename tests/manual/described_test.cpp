#include "seqload/manual/described.hpp"

#include "seqload/manual/option_kinds.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::manual {

TEST_CASE("options are described as they are read, without those about the program itself") {
    CLI::App app("Grinds.", "mill");
    app.set_version_flag("--version", "1");
    std::string corn = "rye";
    unsigned sacks = 4;
    bool quiet = false;
    takes_words(app.add_option("--corn", corn, "What"), {"rye", "oats"})->capture_default_str();
    takes_number(app.add_option("--sacks", sacks, "How many"), 1, 9)->default_str("(all)");
    app.add_flag("-q,--quiet", quiet, "Without noise");
    const auto options = described_options(app);
    REQUIRE(options.size() == 3);
    CHECK(options[0].name == "corn");
    CHECK(options[0].choices == std::vector<std::string>{"rye", "oats"});
    CHECK(options[0].default_value == "rye");
    CHECK(options[1].kind == OptionKind::number);
    CHECK(options[1].default_in_words == "all");
    CHECK(options[2].kind == OptionKind::flag);
    CHECK(options[2].letter == "q");
}

}  // namespace seqload::manual
