#include "seqload/dispatch/backoff.hpp"

#include <doctest/doctest.h>

namespace seqload::dispatch {

using namespace std::chrono_literals;

TEST_CASE("the longest wait doubles with each failure up to the cap") {
    const double almost_one = 1.0 - 1e-9;
    const auto longest = [&](std::uint32_t tries) {
        return std::chrono::round<std::chrono::seconds>(backoff(tries, almost_one));
    };
    CHECK(longest(1) == 1s);
    CHECK(longest(2) == 2s);
    CHECK(longest(3) == 4s);
    CHECK(longest(6) == 32s);
    CHECK(longest(7) == 60s);
    CHECK(longest(8) == 60s);
    CHECK(longest(4'000'000'000) == 60s);
}

TEST_CASE("the wait is drawn from the whole range, down to nothing") {
    CHECK(backoff(5, 0.0) == 0s);
    CHECK(backoff(5, 0.5) == 8s);
    CHECK(backoff(0, 0.5) == 500ms);
}

}  // namespace seqload::dispatch
