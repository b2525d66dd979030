#include "seqload/net/address_turns.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace std::chrono_literals;

namespace seqload::net {

namespace {

using Time = AddressTurns::Time;
using Turn = AddressTurns::Turn;

constexpr Time start{};

}  // namespace

TEST_CASE("A single address has all the time") {
    AddressTurns turns(1, start + 60s);
    CHECK(turns.next(start) == Turn{0, start + 60s});
    CHECK(turns.next(start + 1s) == std::nullopt);
}

TEST_CASE("An address before the last has at most five seconds, so that a dead one costs no more") {
    AddressTurns turns(3, start + 60s);
    CHECK(turns.next(start) == Turn{0, start + 5s});
    CHECK(turns.next(start + 5s) == Turn{1, start + 10s});
    CHECK(turns.next(start + 10s) == Turn{2, start + 60s});
}

TEST_CASE("With little time an address before the last has half of it") {
    AddressTurns turns(2, start + 4s);
    CHECK(turns.next(start) == Turn{0, start + 2s});
    CHECK(turns.next(start + 2s) == Turn{1, start + 4s});
}

TEST_CASE("An address that fails at once leaves its time to the others") {
    AddressTurns turns(2, start + 4s);
    CHECK(turns.next(start) == Turn{0, start + 2s});
    CHECK(turns.next(start) == Turn{1, start + 4s});
}

TEST_CASE("After the deadline nobody has a turn") {
    AddressTurns turns(2, start + 4s);
    CHECK(turns.next(start + 4s) == std::nullopt);
}

TEST_CASE("No addresses, no turns") {
    AddressTurns turns(0, start + 4s);
    CHECK(turns.next(start) == std::nullopt);
}

TEST_CASE("However long each takes, every address has its turn in order and before the deadline") {
    CHECK(rc::check([] {
        const auto addresses = *rc::gen::inRange<std::size_t>(1, 12);
        const Time deadline = start + std::chrono::milliseconds(*rc::gen::inRange(4'096, 120'000));
        AddressTurns turns(addresses, deadline);
        Time now = start;
        for (std::size_t i = 0; i < addresses; ++i) {
            const auto turn = turns.next(now);
            RC_ASSERT(turn.has_value());
            RC_ASSERT(turn->address == i);
            RC_ASSERT(turn->until > now);
            RC_ASSERT(turn->until <= deadline);
            const auto used = *rc::gen::inRange<long>(0, 101);
            now += (turn->until - now) * used / 100;
            if (now == deadline)
                RC_ASSERT(i + 1 == addresses);
        }
        RC_ASSERT(turns.next(now) == std::nullopt);
    }));
}

}  // namespace seqload::net
