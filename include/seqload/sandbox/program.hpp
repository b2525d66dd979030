#pragma once

// apollo-sandbox as a whole: options, world, certificates, serving until a
// signal ends it.

namespace seqload::sandbox {

// The exit code: 0 after SIGTERM or SIGINT, 2 for wrong usage, 6 for a local fault.
int run_program(int argument_count, const char* const* arguments);

}  // namespace seqload::sandbox
