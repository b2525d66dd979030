#include "seqload/app/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace seqload::app {

void forbid_core_dumps() {
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // Where that is refused (a filter of calls): a limit of 1 byte is too small for a file,
    // and the kernel hands nothing to a pipe at that limit (core(5)).
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max < 1 ? limit.rlim_max : 1;
    setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace seqload::app
