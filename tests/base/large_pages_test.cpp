#include "seqload/base/large_pages.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

using seqload::LargePages;

TEST_CASE("memory comes and goes in small pieces and in large ones") {
    for (const std::size_t count :
         {std::size_t{1}, std::size_t{524'287}, std::size_t{524'288}, std::size_t{3'000'000}}) {
        std::vector<std::uint32_t, LargePages<std::uint32_t>> numbers(count);
        CHECK(std::ranges::all_of(numbers, [](std::uint32_t number) { return number == 0; }));
        numbers.back() = 7;
        const auto copy = numbers;
        numbers.resize(2 * count);
        CHECK(numbers[count - 1] == 7);
        CHECK(copy.size() == count);
        CHECK(copy.back() == 7);
    }
}
