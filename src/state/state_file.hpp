#pragma once

// The file that the state is in, before SQLite sees it: that it exists, is
// private, and will be found again after a power cut.

#include "seqload/base/error.hpp"

#include <filesystem>

namespace seqload::state {

// Makes the file (mode 0600, whatever the umask) and the folders that are
// missing (mode 0700) if create is set; each new folder's entry is synced, the
// file's own is synced by SQLite with its first write. A file of ours that
// others may read or write is made private again. Errors: local_fault with what
// the system said; usage for a missing file that is not to be made.
//
// Never opens the file: closing it again would take away the locks of every
// other connection of this process (fcntl(2), "Advisory record locking").
Result<void> prepare_state_file(const std::filesystem::path& file, bool create);

}  // namespace seqload::state
