#include "seqload/net/address_turns.hpp"

#include <algorithm>

namespace seqload::net {

std::optional<AddressTurns::Turn> AddressTurns::next(Time now) {
    if (next_ == addresses_ || now >= end_)
        return std::nullopt;
    const std::size_t address = next_++;
    if (next_ == addresses_)
        return Turn{address, end_};
    return Turn{address, now + std::min<Time::duration>((end_ - now) / 2, address_at_most)};
}

}  // namespace seqload::net
