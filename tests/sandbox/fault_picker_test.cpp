#include "seqload/sandbox/fault_picker.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;

namespace {

double never_asked(std::size_t) {
    FAIL("chance was asked");
    return 0;
}

RequestFacts facts(Route route = Route::add_contact_ids) {
    return {route, "66e9e215ece19801b2199901", {}, 0};
}

FaultPicker picker(const char* rules) {
    return FaultPicker(*read_faults(rules, "faults"));
}

// The numbers, from 1 to 12, of the requests that a rule strikes.
std::vector<int> struck(const char* rules) {
    FaultPicker picked = picker(rules);
    std::vector<int> numbers;
    for (int number = 1; number <= 12; ++number)
        if (picked.pick(facts(), never_asked).fault)
            numbers.push_back(number);
    return numbers;
}

}  // namespace

TEST_CASE("a rule is counted out by nth, from, until, every and times") {
    CHECK(struck(R"([{"kind": "close", "nth": 3}])") == std::vector{3});
    CHECK(struck(R"([{"kind": "close", "nth": [1, 12]}])") == std::vector{1, 12});
    CHECK(struck(R"([{"kind": "close", "from": 4, "until": 6}])") == std::vector{4, 5, 6});
    CHECK(struck(R"([{"kind": "close", "every": 5}])") == std::vector{5, 10});
    CHECK(struck(R"([{"kind": "close", "every": 3, "times": 2}])") == std::vector{3, 6});
    CHECK(struck(R"([{"kind": "close", "from": 3, "every": 4}])") == std::vector{6, 10});
}

TEST_CASE("a rule hits its route, sequence, contacts and size, and counts only those") {
    FaultPicker picked = picker(R"([{"kind": "close", "route": "show_contact", "nth": 2}])");
    CHECK_FALSE(picked.pick(facts(Route::show_contact), never_asked).fault);
    CHECK_FALSE(picked.pick(facts(), never_asked).fault);
    CHECK(picked.pick(facts(Route::show_contact), never_asked).fault);

    FaultPicker by_sequence =
        picker(R"([{"kind": "close", "sequence": "66e9e215ece19801b2199902"}])");
    CHECK_FALSE(by_sequence.pick(facts(), never_asked).fault);

    const std::vector<std::string> asked{"66f000000000000000000001", "66f000000000000000000002"};
    FaultPicker poisoned = picker(R"([{"kind": "close", "contact": "66f000000000000000000002"}])");
    CHECK(poisoned.pick({Route::add_contact_ids, "", asked, 2}, never_asked).fault);
    CHECK_FALSE(
        poisoned.pick({Route::add_contact_ids, "", std::span(asked).first(1), 1}, never_asked)
            .fault);

    FaultPicker large = picker(R"([{"kind": "close", "over": 50}])");
    CHECK_FALSE(large.pick({Route::add_contact_ids, "", {}, 50}, never_asked).fault);
    CHECK(large.pick({Route::add_contact_ids, "", {}, 51}, never_asked).fault);
}

TEST_CASE("chance is asked only where a rule leaves it to chance, once for each") {
    FaultPicker picked =
        picker(R"([{"kind": "drop", "probability": 0.3}, {"kind": "close", "probability": 0.5}])");
    std::vector<std::size_t> asked;
    const auto drawing = [&asked](double number) {
        return [&asked, number](std::size_t rule) {
            asked.push_back(rule);
            return number;
        };
    };
    CHECK(picked.pick(facts(), drawing(0.29)).fault->kind == FaultKind::drop);
    CHECK(asked == std::vector<std::size_t>{0});
    CHECK(picked.pick(facts(), drawing(0.3)).fault->kind == FaultKind::close);
    CHECK_FALSE(picked.pick(facts(), drawing(0.5)).fault);
    CHECK(asked == std::vector<std::size_t>{0, 0, 1, 0, 1});
}

TEST_CASE("the first rule that hits strikes alone, and latencies add to it") {
    FaultPicker picked = picker(R"([{"kind": "latency", "ms": 5}, {"kind": "html"},
                                    {"kind": "latency", "ms": 7, "when": "before"},
                                    {"kind": "close"}])");
    const Strike strike = picked.pick(facts(), never_asked);
    CHECK(strike.fault->kind == FaultKind::html);
    REQUIRE(strike.latencies.size() == 2);
    CHECK(strike.latencies[0].delay == std::chrono::milliseconds(5));
    CHECK(strike.latencies[1].when == Moment::before);
}
