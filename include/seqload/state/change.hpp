#pragma once

// What can happen to rows and batches of a run: the facts that Store::apply
// makes durable, many at once, in order.

#include "seqload/base/clock.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/removal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::state {

// Given by the caller; unique within the run, greater than 0.
using BatchNumber = std::int64_t;

// Rows that are never sent: invalid, duplicate, excluded.
struct RowsSettled {
    std::vector<Outcome> outcomes;
    WallTime at;
};

// A request is about to leave. To be durable before it does.
struct BatchInFlight {
    BatchNumber batch = 0;
    std::optional<Batch> content{};  // must be given the first time; later on it may be left out
    std::uint32_t attempt = 1;       // the attempt that this request is, from 1
    WallTime at;
};

// The last try certainly had no effect (429, or it never left): back to
// waiting. Doubt from earlier tries stays.
struct BatchWaiting {
    BatchNumber batch = 0;
    bool rate_limited = false;  // it was a 429: counted in RunRecord::requests
    bool not_begun = false;     // nobody began to send it: no try, and no request sent
    WallTime at;
};

// The answer to the last try was lost: from now on the batch is in doubt.
struct BatchInDoubt {
    BatchNumber batch = 0;
    WallTime at;
};

// The batch in flight was refused as a whole and goes on as two or more, which
// inherit its doubt. Together they hold exactly its rows, and its target.
struct BatchSplit {
    BatchNumber batch = 0;
    std::vector<std::pair<BatchNumber, Batch>> halves;
    WallTime at;
};

// What became of every row of a batch: one outcome each, no more and no fewer.
// A batch that the state does not know (its target died before it was ever
// sent) needs its content given, and has attempts 0.
struct BatchSettled {
    BatchNumber batch = 0;
    std::optional<Batch> content{};  // needed only if the state does not know the batch
    std::vector<Outcome> outcomes;
    std::vector<LabelContact> label_contacts{};  // whom its labels reached
    unsigned http_status = 0;                    // of the last answer; 0: none ever came
    std::uint32_t attempts = 0;                  // how many were made
    std::string request_id{};                    // Apollo's, of the last answer; may be empty
    WallTime at;
};

// Contact rows that were settled in a batch were looked at again: these outcomes
// stand in place of those on record, and so does what they say for the ledger:
// added or already_in_sequence, the contact is there; else it is not.
struct RowsVerified {
    std::vector<Outcome> outcomes;
    WallTime at;
};

// A request that removes contacts is about to leave. Removing twice is the same
// as removing once, so no doubt is kept: it is only counted.
struct RemovalsInFlight {
    std::uint64_t contacts = 0;  // how many it asks for
    bool retried = false;        // it was sent before
    WallTime at;
};

struct RemovalOutcome {
    std::uint64_t number = 0;  // Removal::number
    RemovalStatus status = RemovalStatus::waiting;
    std::string reason{};
    std::string detail{};

    bool operator==(const RemovalOutcome&) const = default;
};

// What became of contacts that an undo was to remove; each once.
struct RemovalsSettled {
    std::vector<RemovalOutcome> outcomes;
    // Whether one that was removed, or was not there, is not in the sequence any
    // more: so it is with the mode remove, not with stop or mark_as_finished.
    bool leaves_sequence = false;
    unsigned http_status = 0;    // of the last answer; 0: none ever came
    std::uint32_t attempts = 0;  // how many were made
    std::string request_id{};    // Apollo's, of the last answer; may be empty
    WallTime at;
};

// Requests that no other change counts.
struct RequestsCounted {
    std::uint64_t sent = 0;
    std::uint64_t retried = 0;
    std::uint64_t rate_limited = 0;
};

using Change =
    std::variant<RowsSettled, BatchInFlight, BatchWaiting, BatchInDoubt, BatchSplit, BatchSettled,
                 RowsVerified, RemovalsInFlight, RemovalsSettled, RequestsCounted>;

}  // namespace seqload::state
