#include "seqload/sandbox/other_use.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace std::chrono_literals;

namespace {

OtherUse only(std::string_view text) {
    const auto uses = read_other_uses(text, "others.json");
    REQUIRE(uses);
    REQUIRE(uses->size() == 1);
    return uses->front();
}

std::string complaint(std::string_view text) {
    const auto uses = read_other_uses(text, "others.json");
    return uses ? "" : to_string(uses.error());
}

}  // namespace

TEST_CASE("the least that is said is one addition at the start") {
    const OtherUse use = only("{}");
    CHECK(use.route == Route::add_contact_ids);
    CHECK(use.requests == 1);
    CHECK(use.at == Duration{});
    CHECK(use.times == 1);
    CHECK_FALSE(use.after);
    CHECK(read_other_uses("[]", "x")->empty());
}

TEST_CASE("a use says where, when, how often and how many requests") {
    const OtherUse use = only(R"([{"route": "search_contacts", "requests": 30, "at": 1.5,
                                   "every": 0.25, "times": 4, "comment": "a nightly job"}])");
    CHECK(use.route == Route::search_contacts);
    CHECK(use.requests == 30);
    CHECK(use.at == 1500ms);
    CHECK(use.every == 250ms);
    CHECK(use.times == 4);
    CHECK(only(R"({"every": 60})").times > 1'000'000);
    CHECK(only(R"({"after": 10})").after == 10U);
    CHECK(read_other_uses(R"([{"at": 1}, {"at": 2}])", "x")->size() == 2);
}

TEST_CASE("what cannot be meant is refused with its place") {
    CHECK(complaint(R"([{}, {"route": "add"}])") ==
          "others.json: [1].route: there is no route 'add'");
    CHECK(complaint(R"([{"requests": 0}])").find("1 or more") != std::string::npos);
    CHECK(complaint(R"([{"requests": 100001}])").find("requests") != std::string::npos);
    CHECK(complaint(R"([{"at": -1}])").find("virtual seconds") != std::string::npos);
    CHECK(complaint(R"([{"at": 1e300}])").find("virtual seconds") != std::string::npos);
    CHECK(complaint(R"([{"times": 2}])").find("give 'every' as well") != std::string::npos);
    CHECK(complaint(R"([{"times": 0}])").find("1 or more") != std::string::npos);
    CHECK(complaint(R"([{"after": 1, "at": 2}])").find("does not go with") != std::string::npos);
    CHECK(complaint(R"([{"after": 1, "every": 2}])").find("does not go with") != std::string::npos);
    CHECK(complaint(R"([{"request": 2}])").find("request") != std::string::npos);
    CHECK(complaint("[3]").find("an object is expected") != std::string::npos);
    CHECK_FALSE(complaint("[").empty());
}
