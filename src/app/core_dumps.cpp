#include "seqload/app/core_dumps.hpp"

#include <sys/resource.h>

namespace seqload::app {

void forbid_core_dumps() {
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max < 1 ? limit.rlim_max : 1;
    setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace seqload::app
