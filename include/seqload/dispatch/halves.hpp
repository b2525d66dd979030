#pragma once

// A batch cut in two, so that the rows at fault come to stand alone.

#include "seqload/model/batch.hpp"

#include <utility>

namespace seqload::dispatch {

// The first half is the larger one if they differ; the rows keep their order.
// The batch must have two rows or more.
std::pair<Batch, Batch> halves(const Batch& batch);

}  // namespace seqload::dispatch
