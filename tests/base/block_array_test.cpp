#include "seqload/base/block_array.hpp"

#include <cstddef>
#include <cstdint>

#include <doctest/doctest.h>

using seqload::BlockArray;

TEST_CASE("what was added stands at its place, across blocks, and does not move behind the first") {
    BlockArray<std::uint32_t> numbers;
    CHECK(numbers.empty());
    constexpr std::size_t count = 3 * BlockArray<std::uint32_t>::block_size + 5;
    const std::uint32_t* first_of_second = nullptr;
    for (std::uint32_t i = 0; i < count; ++i) {
        numbers.push_back(7 * i);
        if (i == BlockArray<std::uint32_t>::block_size)
            first_of_second = &numbers[i];
    }
    CHECK(numbers.size() == count);
    CHECK(&numbers[BlockArray<std::uint32_t>::block_size] == first_of_second);
    std::size_t wrong = 0;
    for (std::uint32_t i = 0; i < count; ++i)
        wrong += numbers[i] == 7 * i ? 0 : 1;
    CHECK(wrong == 0);
    numbers[4] = 1;
    CHECK(numbers[4] == 1);
}

TEST_CASE("a copy in the middle of a block grows by itself") {
    BlockArray<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < BlockArray<std::uint32_t>::block_size + 10; ++i)
        numbers.push_back(i);
    BlockArray<std::uint32_t> copy = numbers;
    for (std::uint32_t i = 0; i < BlockArray<std::uint32_t>::block_size; ++i)
        copy.push_back(i);
    CHECK(numbers.size() == BlockArray<std::uint32_t>::block_size + 10);
    CHECK(copy.size() == 2 * BlockArray<std::uint32_t>::block_size + 10);
    CHECK(copy[BlockArray<std::uint32_t>::block_size + 10] == 0);
    CHECK(copy[copy.size() - 1] == BlockArray<std::uint32_t>::block_size - 1);
}

TEST_CASE("no more than one block is held beyond what is in use") {
    BlockArray<std::uint64_t> numbers;
    std::size_t over = 0;
    for (std::uint64_t i = 0; i < 50'000; ++i) {
        numbers.push_back(i);
        const std::size_t used = numbers.size() * sizeof i;
        over = numbers.bytes() > used + over ? numbers.bytes() - used : over;
    }
    CHECK(over <= 8 * BlockArray<std::uint64_t>::block_size + 1024);
}
