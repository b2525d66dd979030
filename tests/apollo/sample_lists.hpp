#pragma once

// Answers of the operations that list things, in tests/apollo/data: the fields of
// openapi.json's examples, the people made up; and what a test does to each.

#include <cstddef>
#include <expected>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace seqload::apollo::test {

inline std::string sample_list(const std::string& name) {
    std::ifstream file(APOLLO_TEST_DATA "/" + name, std::ios::binary);
    if (!file)
        throw std::runtime_error("no such sample: " + name);
    // Without the line break at its end, so that every cut takes something away.
    return nlohmann::ordered_json::parse(file).dump();
}

// Cut at any byte, it is not understood, and what is said of it is one line without data.
template <class Reader>
void check_cuts(const std::string& whole, Reader read) {
    REQUIRE(read(whole).has_value());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        const auto cut = read(std::string_view(whole).substr(0, size));
        REQUIRE_FALSE(cut.has_value());
        REQUIRE_FALSE(cut.error().empty());
        REQUIRE(cut.error().find_first_of("\n@") == std::string::npos);
    }
}

// One byte that is another is understood, or refused with words, but never does harm.
template <class Reader>
void check_damage(const std::string& whole, Reader read) {
    for (std::size_t place = 0; place < whole.size(); place += 7) {
        for (const char other : {'"', '{', ']', ',', '9', '\xff'}) {
            std::string broken = whole;
            broken[place] = other;
            const auto damaged = read(broken);
            if (!damaged)
                REQUIRE_FALSE(damaged.error().empty());
        }
    }
}

// What is no list of Apollo's: not even an empty one.
template <class Reader>
void check_rubbish(Reader read) {
    for (const std::string_view rubbish :
         {"", " ", "null", "true", "17", "\"text\"", "[1", "{}", "{\"error\": \"Something.\"}",
          "<html><title>502 Bad Gateway</title></html>", "upstream timed out", "\xff\xfe{",
          "[\"66e9e215ece19801b219997f\"]", "[[], null, 3]", "{\"contacts\": 3}",
          "{\"emailer_campaigns\": {}, \"email_accounts\": \"none\", \"users\": null}"}) {
        CAPTURE(rubbish);
        const auto answer = read(rubbish);
        CHECK_FALSE(answer.has_value());
        if (!answer)
            CHECK_FALSE(answer.error().empty());
    }
    const auto said = read("{\"error\": \"This list is\\n being made.\"}");
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().ends_with(": This list is being made."));
    const auto page = read("<html><title>502 Bad Gateway</title></html>");
    REQUIRE_FALSE(page.has_value());
    CHECK(page.error().ends_with(": 502 Bad Gateway"));
    const auto people = read(R"({"people": [{"email": "ada@mail.example.com"}]})");
    REQUIRE_FALSE(people.has_value());
    CHECK(people.error().find('@') == std::string::npos);
    const std::string deep(100'000, '[');
    CHECK_FALSE(read(deep).has_value());
    CHECK_FALSE(read(deep + std::string(100'000, ']')).has_value());
}

}  // namespace seqload::apollo::test
