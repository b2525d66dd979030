#pragma once

// Where the batches of a run come from.

#include "seqload/base/error.hpp"
#include "seqload/model/batch.hpp"

#include <vector>

namespace seqload::dispatch {

class BatchSource {
public:
    virtual ~BatchSource() = default;

    // Some more batches, in the order in which they should go out; none means that
    // there are no more. May block; called off the loop, never twice at a time.
    // An error (an input that changed or cannot be read) ends the run.
    virtual Result<std::vector<Batch>> next() = 0;

    // Asked on the loop before each request, so it must be quick: does what was
    // read still stand? An error (an input that changed meanwhile) ends the run.
    virtual Result<> still_stands() const = 0;
};

}  // namespace seqload::dispatch
