#pragma once

// What to do with a batch after a try: the retry policy and the halving as one
// table. Pure: it is told how the try ended and where the batch stands.
//
//   try ended as        | attempts left     | none left
//   --------------------+-------------------+--------------------------------
//   understood          | settle            | settle
//   not_understood      | retry, in doubt   | give_up: unconfirmed
//   server_fault        | retry, in doubt   | give_up: unconfirmed
//   answer_lost         | retry, in doubt   | give_up: unconfirmed
//   never_left          | retry             | give_up: unconfirmed if in doubt
//                       |                   |          from before, else failed
//   rate_limited        | wait for the window, which is no attempt
//   batch_rejected      | halve; alone: fail (in doubt from before: unconfirmed)
//   request_rejected    | fail (in doubt from before: unconfirmed)
//   target_unusable     | fail the batch and all that wait for its target
//                       | (in doubt from before: this batch unconfirmed)
//   key_refused         | stop the run
//
// In doubt means that an earlier try may have been carried out though its
// answer was lost. Such a row is never called failed: nobody knows.

#include "seqload/model/outcome.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::dispatch {

enum class TryEnd : std::uint8_t {
    understood,        // 200 with an answer that can be read
    not_understood,    // 200 with something else than the JSON expected
    server_fault,      // 408 or 5xx: carried out or not, nobody knows
    answer_lost,       // the request left, no whole answer came back
    never_left,        // name, connect, TLS or half a write: certainly not carried out
    rate_limited,      // 429
    batch_rejected,    // 400, 413, 414 or an unexplained 422: some row may be at fault
    request_rejected,  // refused for good, whatever the rows
    target_unusable,   // sequence or mailbox: no request of this target can work
    key_refused,       // 401 or 403
};

std::string_view name(TryEnd end);

struct Standing {
    std::uint32_t attempts_made = 0;  // this try included, if it counts as one
    std::uint32_t attempts_allowed = 5;
    std::size_t rows = 1;
    bool in_doubt = false;  // from an earlier try
};

enum class Step : std::uint8_t {
    settle,           // row by row, as the answer says
    retry,            // after a back-off
    wait_for_window,  // then send again
    halve,
    settle_all,   // every row gets the status and reason of this step
    fail_target,  // settle_all, and the same for all that wait for the target
    stop_run,     // the key is refused
};

std::string_view name(Step step);

struct NextStep {
    Step step = Step::settle;
    bool in_doubt = false;  // the batch's doubt from now on
    // settle_all, fail_target: what becomes of this batch's rows. The reason of a
    // failed target is the answer's own (sequence_not_found …), so it is empty here.
    RowStatus status = RowStatus::not_attempted;
    std::string_view reason = {};

    bool operator==(const NextStep&) const = default;
};

NextStep next_step(TryEnd end, const Standing& standing);

}  // namespace seqload::dispatch
