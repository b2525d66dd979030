#include "seqload/dispatch/outage.hpp"

namespace seqload::dispatch {

void Outage::succeeded(SteadyTime now) {
    last_success_ = now;
    since_.reset();
}

void Outage::failed(SteadyTime now) {
    if (!since_)
        since_ = now;
}

bool Outage::succeeded_since(SteadyTime time) const {
    return last_success_ && *last_success_ >= time;
}

bool Outage::must_give_up(SteadyTime now) const {
    return since_ && now - *since_ >= give_up_after_;
}

}  // namespace seqload::dispatch
