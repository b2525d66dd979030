#include "seqload/input/target_keys.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload::input;

namespace {

using Cells = std::vector<std::string_view>;

constexpr std::uint64_t seed = 7;

}  // namespace

TEST_CASE("the same cells have the same number, others another one") {
    TargetKeys keys({1, 2}, seed);
    CHECK(keys.find(Cells{"x", "a", "b"}) == TargetKey{0, true});
    CHECK(keys.find(Cells{"y", "a", "b"}) == TargetKey{0, false});
    CHECK(keys.find(Cells{"x", "b", "a"}) == TargetKey{1, true});
    CHECK(keys.find(Cells{"x", "a", "b"}) == TargetKey{0, false});
}

TEST_CASE("where one cell ends and the next begins is a part of the key") {
    TargetKeys keys({0, 1}, seed);
    CHECK(keys.find(Cells{"ab", "c"}).number == 0);
    CHECK(keys.find(Cells{"a", "bc"}).number == 1);
    CHECK(keys.find(Cells{"abc", ""}).number == 2);
    CHECK(keys.find(Cells{"", "abc"}).number == 3);
    CHECK(keys.find(Cells{"a", "bc"}).number == 1);
}

TEST_CASE("rows without cells that name a target have all the same one") {
    TargetKeys keys({}, seed);
    CHECK(keys.find(Cells{"a"}) == TargetKey{0, true});
    CHECK(keys.find(Cells{"b"}) == TargetKey{0, false});
}

TEST_CASE("however many texts there are, a number means the one it was last new for") {
    TargetKeys keys({0}, seed);
    std::map<std::uint32_t, std::string> meaning;
    std::size_t most_bytes = 0;
    for (std::uint32_t count = 0; count < 3 * TargetKeys::most; ++count) {
        // Each text a second time a little later, most of them before they are forgotten.
        const std::uint32_t number = count % 2 == 0 ? count : count - count % 7;
        const std::string text = "sequence " + std::to_string(number);
        const TargetKey key = keys.find(Cells{text});
        REQUIRE(key.number < TargetKeys::most);
        if (key.is_new)
            meaning[key.number] = text;
        REQUIRE(meaning[key.number] == text);
        most_bytes = std::max(most_bytes, keys.bytes());
    }
    CHECK(most_bytes < (std::size_t{6} << 20U));
}

TEST_CASE("long texts are remembered up to a bound, and very long ones not at all") {
    TargetKeys keys({0}, seed);
    std::map<std::uint32_t, std::string> meaning;
    for (int count = 0; count < 10'000; ++count) {
        const std::string text = std::to_string(count / 2) + std::string(4000, 'x');
        const TargetKey key = keys.find(Cells{text});
        CHECK(key.is_new == (count % 2 == 0));
        if (key.is_new)
            meaning[key.number] = text;
        REQUIRE(meaning[key.number] == text);
    }
    CHECK(keys.bytes() < (std::size_t{20} << 20U));
    const std::string very_long(5000, 'x');
    CHECK(keys.find(Cells{very_long}) == TargetKey{TargetKey::none, true});
    CHECK(keys.find(Cells{very_long}) == TargetKey{TargetKey::none, true});
}
