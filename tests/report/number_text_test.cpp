#include "seqload/report/number_text.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include <doctest/doctest.h>

using seqload::report::NumberText;

TEST_CASE("numbers are counted up over every number of digits") {
    NumberText text;
    for (std::uint64_t number = 0; number < 11'000; ++number)
        REQUIRE(text(number) == std::to_string(number));
}

TEST_CASE("any number may follow any other, the same too") {
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    NumberText text;
    for (const std::uint64_t number :
         {std::uint64_t{7}, std::uint64_t{7}, std::uint64_t{5}, std::uint64_t{6},
          std::uint64_t{999'999'999}, std::uint64_t{1'000'000'000}, std::uint64_t{0},
          std::uint64_t{1}, largest - 1, largest, std::uint64_t{0}})
        CHECK(text(number) == std::to_string(number));
}
