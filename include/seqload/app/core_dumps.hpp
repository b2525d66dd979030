#pragma once

namespace seqload::app {

// From now on this process leaves no core dump, in which the key would stand, neither as a
// file nor through a handler; and nobody but root may attach to it, read its memory or its
// environment (prctl(2), PR_SET_DUMPABLE). To be called first of all: the key may be in the
// environment of any command.
void forbid_core_dumps();

}  // namespace seqload::app
