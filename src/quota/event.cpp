#include "seqload/quota/event.hpp"

namespace seqload::quota {

Ticket ticket_of(const Event& event) {
    return std::visit([](const auto& what) { return what.ticket; }, event);
}

SteadyTime time_of(const Event& event) {
    return std::visit([](const auto& what) { return what.at; }, event);
}

}  // namespace seqload::quota
