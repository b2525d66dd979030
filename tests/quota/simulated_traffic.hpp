#pragma once

// How requests travel in a simulated run, and when another tool sends its own:
// all of it drawn from a seed, so that the same can be tried twice.

#include "seqload/base/clock.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <type_traits>

namespace seqload::quota::test {

// Cheap to seed (splitmix64), unlike the standard engines.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9E37'79B9'7F4A'7C15U;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBU;
        return mixed ^ (mixed >> 31U);
    }

    // At least 0, less than 1.
    double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

    bool chance(double share) { return unit() < share; }

    // Both ends included.
    std::uint32_t between(std::uint32_t least, std::uint32_t most) {
        return least + static_cast<std::uint32_t>(next() % (most - least + 1ULL));
    }

    Duration between(Duration least, Duration most) {
        const auto width = static_cast<double>((most - least).count());
        return least + Duration(static_cast<Duration::rep>(unit() * width));
    }

    template <typename... Choices>
    auto one_of(Choices... choices) {
        const std::array<std::common_type_t<Choices...>, sizeof...(Choices)> all{choices...};
        return all[next() % all.size()];
    }

private:
    std::uint64_t state_;
};

// One request on its way.
struct Journey {
    Duration there{};
    Duration back{};
    bool lost = false;    // it arrives, its answer does not
    bool failed = false;  // it is answered by a 5xx without quota headers
};

struct Traffic {
    enum class Latency : std::uint8_t { constant, jittered, heavy_tailed };

    Latency latency = Latency::jittered;
    Duration shortest_way = std::chrono::milliseconds(10);  // to the server, or back
    Duration longest_way = std::chrono::milliseconds(200);  // a heavy tail goes on to the 100-fold
    double lost = 0;                                        // shares of requests
    double failed = 0;
    std::uint64_t seed = 1;

    // That of the n-th request that is sent, whoever sends it.
    Journey journey(std::uint64_t n) const {
        Dice dice(seed * 0x2545'F491'4F6C'DD1DU + n);
        Journey journey;
        journey.there = way(dice);
        journey.back = way(dice);
        journey.lost = dice.chance(lost);
        journey.failed = dice.chance(failed);
        return journey;
    }

private:
    Duration way(Dice& dice) const {
        if (latency == Latency::constant)
            return longest_way;
        const Duration usual = dice.between(shortest_way, longest_way);
        if (latency == Latency::jittered)
            return usual;
        const double stretch = std::pow(1 - dice.unit(), -1 / 1.2);  // Pareto
        return Duration(static_cast<Duration::rep>(static_cast<double>(usual.count()) *
                                                   std::min(stretch, 100.0)));
    }
};

// Another tool of the team: sends at random, in bursts of up to so many.
class OtherTool {
public:
    // It never sends.
    OtherTool() = default;

    OtherTool(SteadyTime from, Duration mean_pause, std::uint32_t largest_burst, std::uint64_t seed)
        : mean_pause_(mean_pause), largest_burst_(largest_burst), dice_(seed), next_(from) {
        sent();
    }

    std::optional<SteadyTime> next() const { return next_; }

    void sent() {
        if (left_in_burst_ > 0) {
            --left_in_burst_;
            return;
        }
        left_in_burst_ = dice_.between(1U, largest_burst_) - 1;
        const double pause = -std::log(1 - dice_.unit()) * static_cast<double>(mean_pause_.count());
        *next_ += Duration(static_cast<Duration::rep>(pause));
    }

private:
    Duration mean_pause_{};
    std::uint32_t largest_burst_ = 1;
    std::uint32_t left_in_burst_ = 0;
    Dice dice_{0};
    std::optional<SteadyTime> next_;
};

}  // namespace seqload::quota::test
