#pragma once

// The options of a run as the state keeps them, so that a later command reads
// the input and cuts it into requests in the same way. JSON text without any
// secret; paths are absolute, for a later command may start elsewhere. Pure, but
// for looking up the current folder.

#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/run_facts.hpp"

#include <string>

namespace seqload::app {

std::string to_json_text(const LoadOptions& options);

// The options of a load that is on record; input, output and state are not among
// them. Error: local_fault, for a record that cannot be read.
Result<LoadOptions> recorded_load_options(const state::RunRecord& run);

// An undo's: the connection, and what it does to whom.
struct RecordedUndo {
    ConnectionOptions connection;
    apollo::RemovalMode mode = apollo::RemovalMode::remove;
    bool include_answer_lost = false;
    bool yes = false;
};

std::string to_json_text(const RecordedUndo& undo);
Result<RecordedUndo> recorded_undo(const state::RunRecord& run);

}  // namespace seqload::app
