#include "seqload/base/nearest.hpp"

#include <array>
#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace seqload {

TEST_CASE("a slip finds what was meant, and a stranger nothing") {
    const std::array<std::string, 4> names{"batch-size", "out", "max-failed", "max-wait"};
    CHECK(nearest("batch-sise", names) == "batch-size");
    CHECK(nearest("batchsize", names) == "batch-size");
    CHECK(nearest("BATCH-SIZE", names) == "batch-size");
    CHECK(nearest("otu", names) == "out");
    CHECK(nearest("max-fialed", names) == "max-failed");
    CHECK_FALSE(nearest("colour", names));
    CHECK_FALSE(nearest("", names));
    CHECK_FALSE(nearest("out", std::span<const std::string>()));
}

TEST_CASE("one edit for every four characters, and no more") {
    const std::array<std::string, 2> names{"abcdefgh", "abcdefghijklmnopqrst"};
    CHECK(nearest("abcdefxy", names) == "abcdefgh");
    CHECK_FALSE(nearest("abcdexyz", names));
    CHECK(nearest("abcdefghijklmnopqxyz", names) == "abcdefghijklmnopqrst");
    CHECK_FALSE(nearest("abcdefghijklmnopwxyz", names));
}

TEST_CASE("of several as near, the first") {
    const std::array<std::string, 2> names{"hour-limit", "four-limit"};
    CHECK(nearest("xour-limit", names) == "hour-limit");
}

}  // namespace seqload
