#pragma once

// Why a run came to its end.

#include <cstdint>
#include <string_view>

namespace seqload::dispatch {

enum class StopReason : std::uint8_t {
    finished,        // every batch is settled
    interrupted,     // stop() was called
    key_refused,     // 401 or 403
    gave_up,         // everything failed for give_up_after
    brake,           // more rows failed or were skipped than is put up with
    canary,          // a row that was tried first did not pass
    deadline,        // what is left would have gone out after it
    max_wait,        // the quota would have made it wait longer than that
    input_failed,    // the source ended with an error
    state_failed,    // the state could not be written: what is on disk is uncertain
    machine_failed,  // this machine has no more memory, files or threads for it
};

// The reason as summary.json spells it.
std::string_view name(StopReason reason);

}  // namespace seqload::dispatch
