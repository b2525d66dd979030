#pragma once

// Where things are kept when nobody says so.

#include "seqload/base/error.hpp"
#include "seqload/net/proxy.hpp"
#include "seqload/state/run_id.hpp"

#include <filesystem>
#include <string>

namespace seqload::app {

// This process's environment.
net::Environment process_environment();

// --state, else state.db in $STATE_DIRECTORY, else in $XDG_STATE_HOME/seqload,
// else in ~/.local/state/seqload. Error: usage, where none of these is set.
Result<std::filesystem::path> state_file(const std::string& option,
                                         const net::Environment& environment);

// --out, else seqload-out/RUN under the current folder; absolute.
Result<std::filesystem::path> output_directory(const std::string& option, const state::RunId& run);

}  // namespace seqload::app
