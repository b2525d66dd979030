#pragma once

// Which batches are a canary's (spec.md, --canary N; plan/canary.hpp), and whether
// their rows pass. Until all of them have, the agenda hands out nothing else; the
// first row that does not pass stops the run. Pure.
//
// A row passes if Apollo says that the contact is in the sequence: `added` (paused or
// not; a label: at least one of its contacts) or `already_in_sequence`. It does not
// pass if it is
//   skipped      Apollo refused the person: what the rest may well meet with, too (ids
//                of people, a missing flag), and nobody has yet been shown to get through
//   failed       the target or the row cannot work
//   unconfirmed  nobody knows whether it worked, and that is what was to be found out
// A try that is repeated, or halved to find the row at fault, is not judged before it
// is settled. Rows that needed no request are neither.

#include "seqload/base/error.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"
#include "seqload/plan/canary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace seqload::dispatch {

// Whether a row that was sent passes, canary or not.
bool passes(RowStatus status);

class CanaryWatch {
public:
    explicit CanaryWatch(plan::Canary canary);

    // Whether a batch is one of the canary's: of each target the first ones, until they
    // hold the rows that it lacks. Told of every batch once, in the order in which they
    // go out: open ones of a run that is taken up again first, halves never.
    bool takes(const Batch& batch);

    // What became of such a batch, or of a half of it: why the run must stop, with the
    // target, the first row at fault, its reason, and what to do; nullopt: all passed.
    std::optional<Error> verdict(const Target& target, const Batch& batch,
                                 std::span<const Outcome> outcomes) const;

private:
    std::uint32_t rows_;
    std::vector<std::uint32_t> taken_;  // by target: passed before, or in batches since
};

}  // namespace seqload::dispatch
