#include "seqload/quota/event.hpp"

#include <chrono>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::quota;
using namespace std::chrono_literals;

TEST_CASE("every event tells its ticket and its time") {
    const std::vector<Event> events{
        Sent{Ticket{1}, SteadyTime(1s)},        Answered{Ticket{2}, SteadyTime(2s), {}},
        Lost{Ticket{3}, SteadyTime(3s)},        NeverSent{Ticket{4}, SteadyTime(4s)},
        RateLimited{Ticket{5}, SteadyTime(5s)},
    };
    for (std::uint64_t i = 0; i < events.size(); ++i) {
        CAPTURE(i);
        CHECK(ticket_of(events[i]) == Ticket{i + 1});
        CHECK(time_of(events[i]) == SteadyTime(std::chrono::seconds(i + 1)));
    }
}

TEST_CASE("events of different kinds differ, whatever their ticket and time") {
    CHECK(Event(Sent{Ticket{1}, SteadyTime(1s)}) != Event(Lost{Ticket{1}, SteadyTime(1s)}));
    CHECK(Event(Sent{Ticket{1}, SteadyTime(1s)}) == Event(Sent{Ticket{1}, SteadyTime(1s)}));
}
