#include "seqload/state/stored.hpp"

namespace seqload::state::stored {

namespace {

template <class Enum>
std::optional<Enum> between(std::int64_t number, Enum first, Enum last) {
    if (number < std::to_underlying(first) || number > std::to_underlying(last))
        return std::nullopt;
    return static_cast<Enum>(number);
}

}  // namespace

std::optional<RowStatus> row_status(std::int64_t number) {
    return between(number, RowStatus::added, RowStatus::unconfirmed);
}

std::optional<BatchState> batch_state(std::int64_t number) {
    return between(number, BatchState::waiting, BatchState::settled);
}

std::optional<MembersKind> members_kind(std::int64_t number) {
    return between(number, MembersKind::contacts, MembersKind::labels);
}

std::optional<InitialStatus> initial_status(std::int64_t number) {
    return between(number, InitialStatus::unspecified, InitialStatus::paused);
}

std::optional<RemovalStatus> removal_status(std::int64_t number) {
    return between(number, RemovalStatus::waiting, RemovalStatus::failed);
}

}  // namespace seqload::state::stored
