#include "seqload/dispatch/patience.hpp"

#include <chrono>

#include <doctest/doctest.h>

namespace seqload::dispatch {

using namespace std::chrono_literals;

namespace {

constexpr SteadyTime start{1000h};

}  // namespace

TEST_CASE("whoever has all the time in the world sends and waits") {
    CHECK(may_send({}, start) == Impatience::none);
    CHECK(may_wait({}, start, start, start + 24h, false) == Impatience::none);
    CHECK(look_again({}, start, start + 24h) == start + 24h);
}

TEST_CASE("nothing is sent from the deadline on") {
    const Patience patience{.deadline = start + 1h, .max_wait = {}};
    CHECK(may_send(patience, start + 1h - 1ns) == Impatience::none);
    CHECK(may_send(patience, start + 1h) == Impatience::deadline);
}

TEST_CASE("a wait that would end at the deadline or later is not begun") {
    const Patience patience{.deadline = start + 1h, .max_wait = {}};
    CHECK(may_wait(patience, start, start, start + 59min, false) == Impatience::none);
    CHECK(may_wait(patience, start, start, start + 1h, false) == Impatience::deadline);
}

TEST_CASE("a wait that would be too long is not begun, and counts from its beginning") {
    const Patience patience{.deadline = {}, .max_wait = 30min};
    CHECK(may_wait(patience, start, start, start + 30min, false) == Impatience::none);
    CHECK(may_wait(patience, start, start, start + 30min + 1ns, false) == Impatience::max_wait);
    CHECK(may_wait(patience, start, start + 20min, start + 31min, false) == Impatience::max_wait);
}

TEST_CASE("while an answer is still to come, only what is over counts, and is looked at again") {
    const Patience patience{.deadline = start + 1h, .max_wait = 30min};
    CHECK(may_wait(patience, start, start, start + 2h, true) == Impatience::none);
    CHECK(look_again(patience, start, start + 2h) == start + 30min + 1ns);
    CHECK(may_wait(patience, start, start + 30min + 1ns, start + 2h, true) == Impatience::max_wait);
    CHECK(look_again({.deadline = start + 1h, .max_wait = {}}, start, start + 2h) == start + 1h);
    CHECK(look_again(patience, start, start + 1min) == start + 1min);
}

}  // namespace seqload::dispatch
