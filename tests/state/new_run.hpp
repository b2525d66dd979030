#pragma once

// A run to begin, for tests that need one and do not look at it.

#include "seqload/state/run_facts.hpp"

#include <string>
#include <utility>

namespace seqload::state::test {

inline NewRun new_run(std::string id, std::string command = "load") {
    return {.id = std::move(id),
            .command = std::move(command),
            .api_url = {},
            .team = {},
            .options_json = "{}",
            .output_directory = "/",
            .started_at = {},
            .inputs = {}};
}

}  // namespace seqload::state::test
