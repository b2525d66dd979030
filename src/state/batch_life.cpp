#include "seqload/state/batch_life.hpp"

#include <utility>

namespace seqload::state {

std::string_view name(BatchState state) {
    switch (state) {
        case BatchState::waiting:
            return "waiting";
        case BatchState::in_flight:
            return "in flight";
        case BatchState::in_doubt:
            return "in doubt";
        case BatchState::in_flight_in_doubt:
            return "in flight, in doubt";
        case BatchState::split:
            return "split";
        case BatchState::settled:
            return "settled";
    }
    std::unreachable();
}

std::optional<BatchState> go_in_flight(std::optional<BatchState> from) {
    if (!from || from == BatchState::waiting)
        return BatchState::in_flight;
    if (from == BatchState::in_doubt)
        return BatchState::in_flight_in_doubt;
    return std::nullopt;
}

std::optional<BatchState> come_back(std::optional<BatchState> from) {
    if (from == BatchState::in_flight)
        return BatchState::waiting;
    if (from == BatchState::in_flight_in_doubt)
        return BatchState::in_doubt;
    return std::nullopt;
}

std::optional<BatchState> lose_answer(std::optional<BatchState> from) {
    if (from == BatchState::in_flight || from == BatchState::in_flight_in_doubt)
        return BatchState::in_doubt;
    return std::nullopt;
}

std::optional<BatchState> split(std::optional<BatchState> from) {
    if (from == BatchState::in_flight || from == BatchState::in_flight_in_doubt)
        return BatchState::split;
    return std::nullopt;
}

BatchState half_of(BatchState from) {
    return has_doubt(from) ? BatchState::in_doubt : BatchState::waiting;
}

std::optional<BatchState> settle(std::optional<BatchState> from) {
    if (!from || is_open(*from))
        return BatchState::settled;
    return std::nullopt;
}

bool is_open(BatchState state) {
    return state != BatchState::split && state != BatchState::settled;
}

bool has_doubt(BatchState state) {
    return state == BatchState::in_doubt || state == BatchState::in_flight_in_doubt;
}

bool may_have_been_carried_out(BatchState state) {
    return has_doubt(state) || state == BatchState::in_flight;
}

}  // namespace seqload::state
