#pragma once

namespace seqload::app {

// From now on this process leaves no core dump, in which the key would stand:
// neither as a file nor through a handler (core(5): a limit of 1 byte is too
// small for a file, and the kernel hands nothing to a pipe at that limit).
void forbid_core_dumps();

}  // namespace seqload::app
