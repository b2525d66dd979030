#pragma once

// Worlds as people write them (samples/README.md, "Worlds").

#include "seqload/sandbox/world.hpp"

#include <string>
#include <string_view>

namespace seqload::sandbox {

// where: the file's name, for errors (kind usage).
Result<World> read_world(std::string_view text, const std::string& where);

// What a sandbox without --data stands for; the same every time.
World default_world();

}  // namespace seqload::sandbox
