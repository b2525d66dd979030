#pragma once

// The way of the rows that are never sent into the state: many in one commit.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/store.hpp"

namespace seqload::app {

class SettledRows {
public:
    // The store and the clock must outlive this object.
    SettledRows(state::Store& store, state::RunId run, const Clock& clock);

    // Durable after flush() at the latest.
    Result<> take(Outcome outcome);
    Result<> flush();

private:
    state::Store& store_;
    state::RunId run_;
    const Clock& clock_;
    state::RowsSettled waiting_;
};

}  // namespace seqload::app
