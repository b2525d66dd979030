#include "seqload/dispatch/patience.hpp"

#include <algorithm>

namespace seqload::dispatch {

Impatience may_send(const Patience& patience, SteadyTime now) {
    return patience.deadline && now >= *patience.deadline ? Impatience::deadline : Impatience::none;
}

Impatience may_wait(const Patience& patience, SteadyTime since, SteadyTime now, SteadyTime until,
                    bool others_under_way) {
    const SteadyTime end = others_under_way ? now : until;
    if (patience.deadline && end >= *patience.deadline)
        return Impatience::deadline;
    if (patience.max_wait && end - since > *patience.max_wait)
        return Impatience::max_wait;
    return Impatience::none;
}

SteadyTime look_again(const Patience& patience, SteadyTime since, SteadyTime until) {
    if (patience.deadline)
        until = std::min(until, *patience.deadline);
    if (patience.max_wait)
        until = std::min(until, since + *patience.max_wait + Duration(1));
    return until;
}

}  // namespace seqload::dispatch
