#pragma once

// The best that is possible: an oracle that knows the server's windows and the other
// tool's plans keeps every connection's request ready to arrive at the very moment at
// which there is room for it. It sends the same requests over the same connections,
// and what happens to them on the way is the same.

#include "quota/simulated_run.hpp"
#include "quota/simulated_server.hpp"
#include "quota/simulated_traffic.hpp"

#include <functional>
#include <queue>
#include <vector>

namespace seqload::quota::test {

struct Best {
    Duration duration{};      // to the last answer
    std::uint32_t waits = 0;  // ends of windows that had to be waited for
};

inline Best best_possible(const RunPlan& plan, SimulatedServer server, SteadyTime begin,
                          OtherTool other = {}) {
    struct Arrival {
        SteadyTime at;
        Journey journey;

        bool operator>(const Arrival& right) const { return at > right.at; }
    };
    std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
    std::uint64_t sent = 0;
    std::uint32_t waiting = plan.requests;
    const auto send = [&](SteadyTime now) {
        const Journey journey = plan.traffic.journey(sent++);
        arrivals.push({now + journey.there, journey});
        --waiting;
    };
    for (const ProcessPlan& process : plan.processes) {
        for (std::uint32_t i = 0; i < process.connections && waiting > 0; ++i)
            send(begin);
    }
    SteadyTime last = begin;
    SteadyTime waited_for = begin;
    Best best;
    while (!arrivals.empty()) {
        const Arrival next = arrivals.top();
        arrivals.pop();
        for (; other.next() && *other.next() <= next.at; other.sent())
            server.arrive(*other.next());
        if (const SteadyTime room = server.has_room_at(next.at); room > next.at) {
            arrivals.push({room, next.journey});
            best.waits += room > waited_for ? 1U : 0U;
            waited_for = std::max(waited_for, room);
            continue;
        }
        server.arrive(next.at);
        const SteadyTime ends = next.at + next.journey.back;
        if (next.journey.lost || next.journey.failed) {
            ++waiting;
        } else {
            last = std::max(last, ends);
        }
        if (waiting > 0)
            send(ends);
    }
    best.duration = last - begin;
    return best;
}

}  // namespace seqload::quota::test
