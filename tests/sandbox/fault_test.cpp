#include "seqload/sandbox/fault.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

FaultRule rule(const std::string& json) {
    const auto rules = read_faults("[" + json + "]", "faults.json");
    REQUIRE_MESSAGE(rules, to_string(rules.error()));
    return rules->front();
}

std::string trouble(const std::string& json) {
    const auto rules = read_faults(json, "faults.json");
    REQUIRE_FALSE(rules);
    CHECK(rules.error().kind == ErrorKind::usage);
    return to_string(rules.error());
}

}  // namespace

TEST_CASE("a rule says whom it hits and what happens") {
    const FaultRule read =
        rule(R"({"kind": "status", "status": 503, "body": "json", "when": "after",
        "route": "add_contact_ids", "sequence": "66E9E215ECE19801B2199901", "nth": [2, 4],
        "contact": "66f000000000000000000001", "over": 50, "probability": 0.25, "times": 3,
        "retry_after": 9, "message": "later"})");
    CHECK(read.kind == FaultKind::status);
    CHECK(read.status == 503);
    CHECK(read.body == BodyKind::json);
    CHECK(read.when == Moment::after);
    CHECK(read.route == Route::add_contact_ids);
    CHECK(read.sequence == "66e9e215ece19801b2199901");
    CHECK(read.contacts == std::vector<std::string>{"66f000000000000000000001"});
    CHECK(read.nth == std::vector<std::uint64_t>{2, 4});
    CHECK(read.has_over);
    CHECK(read.over == 50);
    CHECK(read.probability == 0.25);
    CHECK(read.times == 3);
    CHECK(read.retry_after == 9U);
}

TEST_CASE("without a word a status comes before the work, a lost connection after it") {
    CHECK(rule(R"({"kind": "status"})").when == Moment::before);
    CHECK(rule(R"({"kind": "rate_limit"})").when == Moment::before);
    CHECK(rule(R"({"kind": "drop"})").when == Moment::after);
    CHECK(rule(R"({"kind": "drop", "when": "before"})").when == Moment::before);
    CHECK(rule(R"({"kind": "half_body"})").when == Moment::after);
    CHECK(rule(R"({"kind": "status", "status": 422})").body == BodyKind::json);
    CHECK(rule(R"({"kind": "status", "status": 502})").body == BodyKind::html);
}

TEST_CASE("every kind can be asked for by its name") {
    for (std::size_t kind = 0; kind < fault_kind_count; ++kind) {
        const auto wanted = static_cast<FaultKind>(kind);
        CHECK(rule(R"({"kind": ")" + std::string(name(wanted)) + R"("})").kind == wanted);
    }
}

TEST_CASE("a list may stand under faults, and comments are taken") {
    CHECK(read_faults(R"({"faults": [{"kind": "close", "comment": "why not"}]} // yes)", "f")
              ->size() == 1);
    CHECK(read_faults("[]", "f")->empty());
}

TEST_CASE("what is misspelt is refused with its place") {
    CHECK(trouble(R"([{"kind": "status"}, {"kind": "tornado"}])") ==
          "faults.json: [1].kind: there is no fault 'tornado'");
    CHECK(trouble(R"([{"kind": "close", "route": "add"}])") ==
          "faults.json: [0].route: there is no route 'add'");
    CHECK(trouble(R"([{"kind": "close", "probability": 1.5}])") ==
          "faults.json: [0].probability: a share from 0 to 1 is expected");
    CHECK(trouble(R"([{"kind": "half_body", "when": "before"}])") ==
          "faults.json: [0].when: 'before' does not go with half_body (use before or after)");
    CHECK(trouble(R"([{"kind": "status", "status": 200}])") ==
          "faults.json: [0].status: a status from 400 to 599 is expected");
    CHECK(trouble(R"([{"kind": "close", "chance": 1}])").find("there is no field 'chance'") !=
          std::string::npos);
    CHECK(trouble(R"({"kind": "close"})").find("a list of fault rules is expected") !=
          std::string::npos);
    CHECK(trouble("[").find("not JSON") != std::string::npos);
}
