#pragma once

// The life of a batch in the state, one enum and one function per step. Pure.
//
//   step \ from    | unknown   | waiting   | in_flight | in_doubt       | in_flight_in_doubt
//   ---------------+-----------+-----------+-----------+----------------+-------------------
//   go_in_flight   | in_flight | in_flight | -         | in_flight_in_… | -
//   come_back      | -         | -         | waiting   | -              | in_doubt
//   lose_answer    | -         | -         | in_doubt  | -              | in_doubt
//   split          | -         | -         | split     | -              | split
//   settle         | settled   | settled   | settled   | settled        | settled
//
// From split and settled no step leads on. Doubt never goes away: once a try
// may have been carried out without an answer, no later try can take that back.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace seqload::state {

// The numbers are stored and never change (stored.hpp).
enum class BatchState : std::uint8_t {
    waiting = 1,             // on record, no request out; certainly none had an effect
    in_flight = 2,           // its first request may be on its way, or carried out
    in_doubt = 3,            // no request out, but the answer to an earlier one was lost
    in_flight_in_doubt = 4,  // a request may be out, and an earlier answer was lost
    split = 5,               // became two batches, which carry on; an end
    settled = 6,             // every row has its outcome; an end
};

inline constexpr std::array batch_states{
    BatchState::waiting,  BatchState::in_flight,
    BatchState::in_doubt, BatchState::in_flight_in_doubt,
    BatchState::split,    BatchState::settled,
};

// The state as people read it: "in flight, in doubt".
std::string_view name(BatchState state);

// Each step answers with the state after it, or with nullopt where it is not
// allowed. from: nullopt is a batch that the state does not know yet.

// Its request is about to leave.
std::optional<BatchState> go_in_flight(std::optional<BatchState> from);

// The last try certainly had no effect.
std::optional<BatchState> come_back(std::optional<BatchState> from);

// The last try may have been carried out, and its answer is lost.
std::optional<BatchState> lose_answer(std::optional<BatchState> from);

// It is replaced by two batches, each of which begins its life as half_of(from).
std::optional<BatchState> split(std::optional<BatchState> from);
BatchState half_of(BatchState from);

// Every row of it has its outcome.
std::optional<BatchState> settle(std::optional<BatchState> from);

// Whether rows of the batch still wait for an outcome.
bool is_open(BatchState state);

// Whether an earlier try may have been carried out. For a batch found in flight
// after a crash that is so, too: may_have_been_carried_out().
bool has_doubt(BatchState state);
bool may_have_been_carried_out(BatchState state);

}  // namespace seqload::state
