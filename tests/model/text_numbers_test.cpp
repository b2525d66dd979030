#include "seqload/model/text_numbers.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

TEST_CASE("different texts are numbered in the order in which they came, whatever the seed") {
    CHECK(rc::check([](std::uint64_t seed) {
        TextNumbers numbers(seed);
        std::unordered_map<std::string, std::uint32_t> expected;
        const auto texts = *rc::gen::container<std::vector<std::string>>(
            rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\0", 3))));
        for (const std::string& text : texts) {
            const auto next = static_cast<std::uint32_t>(expected.size());
            RC_ASSERT(numbers.add(text) == expected.try_emplace(text, next).first->second);
        }
        RC_ASSERT(numbers.size() == expected.size());
        for (const auto& [text, number] : expected)
            RC_ASSERT(numbers[number] == text);
    }));
}

TEST_CASE("short and long texts stand beside one another, the empty one among them") {
    TextNumbers numbers(1);
    const std::string long_one(200'000, 'x');
    const std::string page(65'536, 'y');
    CHECK(numbers.add("short") == 0);
    CHECK(numbers.add(long_one) == 1);
    CHECK(numbers.add("") == 2);
    CHECK(numbers.add(page) == 3);
    CHECK(numbers.add(long_one + 'x') == 4);
    CHECK(numbers.add("another") == 5);
    CHECK(numbers.add(long_one) == 1);
    CHECK(numbers.add("") == 2);
    CHECK(numbers[0] == "short");
    CHECK(numbers[1] == long_one);
    CHECK(numbers[2].empty());
    CHECK(numbers[3] == page);
    CHECK(numbers[5] == "another");
}

TEST_CASE("of many texts each takes its length and 19 bytes, and a copy has its own") {
    TextNumbers numbers(7);
    const auto text_of = [](std::uint32_t i) {
        return "2030-01-01T00:00:00Z " + std::to_string(i);
    };
    std::size_t length = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        length += text_of(i).size();
        numbers.add(text_of(i));
    }
    CHECK(numbers.bytes() <= length + 19 * numbers.size() + (std::size_t{128} << 10U));
    TextNumbers copy = numbers;
    CHECK(copy.add("new") == 100'000);
    CHECK(numbers.size() == 100'000);
    std::size_t wrong = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i)
        wrong += copy.add(text_of(i)) == i && numbers[i] == text_of(i) ? 0 : 1;
    CHECK(wrong == 0);
}
