#pragma once

// Which of a host's addresses is tried next, and for how long: one after the
// other, in the order given, within one deadline. It is told the time and does
// nothing itself.
//
// The last address may use all the time that is left. Each one before it gets
// half of that, and never more than address_at_most, so that a dead address
// delays the next one instead of replacing it.

#include <chrono>
#include <cstddef>
#include <optional>

namespace seqload::net {

class AddressTurns {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds address_at_most{5};

    struct Turn {
        std::size_t address;  // its index
        Time until;

        bool operator==(const Turn&) const = default;
    };

    AddressTurns(std::size_t addresses, Time deadline) : addresses_(addresses), end_(deadline) {}

    // nullopt: every address had its turn, or the time is up.
    std::optional<Turn> next(Time now);

private:
    std::size_t addresses_;
    Time end_;
    std::size_t next_ = 0;
};

}  // namespace seqload::net
