#include "seqload/base/spilling_array.hpp"

#include "support/file_size_limit.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <unistd.h>

using namespace seqload;
using namespace seqload::test;

namespace {

constexpr std::size_t block = 16;
using Numbers = SpillingArray<std::uint32_t, block>;
using Expected = std::vector<std::uint32_t>;

Numbers numbers_up_to(std::uint32_t count, std::size_t most_bytes) {
    Numbers numbers(most_bytes);
    for (std::uint32_t i = 0; i < count; ++i)
        numbers.push_back(7 * i + 1);
    return numbers;
}

Expected all_of(const Numbers& numbers) {
    Expected all;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        all.push_back(numbers[i]);
    return all;
}

// The file without a name there, of this process, is empty from now on.
void empty_file_in(const std::filesystem::path& directory) {
    int emptied = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // that of the directory itself
        const auto file = std::filesystem::read_symlink(entry.path(), gone);
        if (gone || !file.string().starts_with(directory.string() + "/"))
            continue;
        REQUIRE(::ftruncate(std::stoi(entry.path().filename().string()), 0) == 0);
        ++emptied;
    }
    REQUIRE(emptied == 1);
}

}  // namespace

TEST_CASE("what was added stands at its place, however much of it memory holds, in any way read") {
    CHECK(rc::check([] {
        Numbers numbers(*rc::gen::element<std::size_t>(0, 400, Numbers::unlimited));
        Expected expected;
        const auto steps = *rc::gen::inRange(0, 150);
        for (int i = 0; i < steps; ++i) {
            const auto kind = *rc::gen::inRange(0, 12);
            if (kind == 0)
                numbers.keep_within(*rc::gen::inRange<std::size_t>(0, 1000));
            for (int more = 0; kind == 1 && more < 20; ++more) {
                numbers.push_back_blank();
                expected.push_back(0);
            }
            numbers.push_back(*rc::gen::arbitrary<std::uint32_t>());
            expected.push_back(numbers[numbers.size() - 1]);
        }
        RC_ASSERT(all_of(numbers) == expected);
        Numbers::InOrder in_order(numbers);
        for (std::size_t i = 0; i < expected.size(); ++i)
            RC_ASSERT(in_order[i] == expected[i]);
        Expected drained(expected.size());
        numbers.drain([&](std::size_t index, std::uint32_t value) { drained.at(index) = value; });
        RC_ASSERT(drained == expected);
        RC_ASSERT(numbers.empty());
    }));
}

TEST_CASE("no more memory is held than allowed, two blocks aside") {
    using Large = SpillingArray<std::uint32_t, 1024>;
    constexpr std::uint32_t count = 200'000;
    constexpr std::size_t most = 20 * Large::block_bytes;
    Large numbers(most);
    std::size_t over = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        numbers.push_back(i);
        over = std::max(over, numbers.bytes() - std::min(numbers.bytes(), most));
    }
    CHECK(over <= 2 * Large::block_bytes + count / 1024 * 2 * 32);
    CHECK(numbers.is_spilled());
    CHECK(numbers[0] == 0);
    CHECK(numbers[count - 1] == count - 1);
}

TEST_CASE("what is allowed no longer goes to the file at once, all but the last block") {
    Numbers numbers = numbers_up_to(10 * block + 3, Numbers::unlimited);
    CHECK_FALSE(numbers.is_spilled());
    const std::size_t before = numbers.bytes();
    numbers.keep_within(0);
    CHECK(numbers.is_spilled());
    CHECK(numbers.bytes() == before - 9 * Numbers::block_bytes);
    CHECK(all_of(numbers) == all_of(numbers_up_to(10 * block + 3, Numbers::unlimited)));
}

TEST_CASE("what came first stays in memory, and what the file no longer gives is an exception") {
    const TemporaryDirectory directory;
    Numbers numbers(5 * Numbers::block_bytes + 16 * 32, OverflowFile(directory.path()));
    for (std::uint32_t i = 0; i < 10 * block; ++i)
        numbers.push_back(7 * i + 1);
    REQUIRE(numbers.is_spilled());
    empty_file_in(directory.path());
    for (std::uint32_t i = 0; i < 3 * block; ++i)
        CHECK(numbers[i] == 7 * i + 1);
    CHECK_THROWS_AS(static_cast<void>(numbers[8 * block]), std::system_error);
    CHECK_THROWS_AS(static_cast<void>(Numbers::InOrder(numbers)[8 * block]), std::system_error);
    std::size_t taken = 0;
    CHECK_THROWS_AS(numbers.drain([&](std::size_t, std::uint32_t) { ++taken; }), std::system_error);
    CHECK(taken >= 3 * block);
    CHECK(numbers.empty());
    numbers.push_back(5);
    CHECK(numbers[0] == 5);
}

TEST_CASE("blocks of nothing but blanks take no memory, nor a file, and are left out in the end") {
    Numbers numbers(0);
    for (std::size_t i = 0; i < 100 * block; ++i)
        numbers.push_back_blank();
    CHECK(numbers.bytes() <= 100 * 2 * 32);
    numbers.push_back_blank();
    numbers.push_back(5);
    CHECK_FALSE(numbers.is_spilled());
    CHECK(numbers[7] == 0);
    std::vector<std::pair<std::size_t, std::uint32_t>> taken;
    numbers.drain(
        [&](std::size_t index, std::uint32_t value) { taken.emplace_back(index, value); });
    CHECK(taken == std::vector<std::pair<std::size_t, std::uint32_t>>{{100 * block, 0},
                                                                      {100 * block + 1, 5}});
}

TEST_CASE("where the disk takes nothing, all stays in memory and nothing is lost") {
    const TemporaryDirectory directory;
    Numbers nowhere(0, OverflowFile(directory.path() / "nowhere"));
    Numbers full(0, OverflowFile(directory.path()));
    const FileSizeLimit limit(3 * Numbers::block_bytes + 5);
    for (std::uint32_t i = 0; i < 10 * block; ++i) {
        nowhere.push_back(7 * i + 1);
        full.push_back(7 * i + 1);
    }
    CHECK_FALSE(nowhere.is_spilled());
    CHECK(nowhere.bytes() >= 10 * Numbers::block_bytes);
    CHECK(full.is_spilled());
    CHECK(full.bytes() >= 7 * Numbers::block_bytes);
    CHECK(all_of(nowhere) == all_of(numbers_up_to(10 * block, Numbers::unlimited)));
    CHECK(all_of(full) == all_of(nowhere));
}
