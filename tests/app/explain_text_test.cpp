#include "seqload/app/explain_text.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace seqload;

namespace {

// In characters: everything that is not the continuation of one.
std::size_t width(std::string_view line) {
    return static_cast<std::size_t>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace

TEST_CASE("the list and every explanation fit 80 columns") {
    const auto all = all_explanations();
    for (const std::string& text : {app::catalogue_text(all), app::explanations_text(all)}) {
        for (const std::string_view line : split(text, '\n')) {
            CAPTURE(line);
            CHECK(width(line) <= 80);
            CHECK(!line.ends_with(' '));
        }
    }
}

TEST_CASE("an explanation says what a word means and what to do") {
    CHECK(app::explanations_text(explain("contacts_without_email")) ==
          "contacts_without_email: reason of Apollo's\n"
          "  The contact has no email address.\n"
          "  rows           skipped\n"
          "  sending again  yes, once it is mended\n"
          "  option         --sequence-no-email\n"
          "  what to do     find the address in Apollo, or allow contacts without\n");
}

TEST_CASE("for programs the same is JSON, with null for what there is not") {
    const auto read = nlohmann::json::parse(app::explanations_json(explain("5")));
    REQUIRE(read.size() == 1);
    CHECK(read[0]["subject"] == "exit code");
    CHECK(read[0]["word"] == "5");
    CHECK(read[0]["status"].is_null());
    CHECK(read[0]["option"].is_null());
    CHECK(read[0]["again"] == "helps");
    CHECK(read[0]["command"] == "seqload resume");
}
