#pragma once

// What the state's ledger knows of rows before they are sent (--skip-added).

#include "seqload/app/planned_input.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/state/ledger.hpp"

namespace seqload::app {

// A row whose contact the ledger names in its sequence is `already_in_sequence`, and needs no
// request; of labels it knows nothing. The targets must outlive what is returned.
KnownRows rows_known_from(state::Ledger ledger, const TargetTable& targets);

}  // namespace seqload::app
