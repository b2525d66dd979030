#include "seqload/app/standard_streams.hpp"

#include <cerrno>
#include <initializer_list>

#include <fcntl.h>
#include <unistd.h>

namespace seqload::app {

void take_closed_standard_streams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF)
            continue;
        // The lowest number that is free is this one. Opened for the wrong direction, so that
        // its use fails with EBADF, as that of a closed one does.
        const int direction = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (::open("/dev/null", direction) < 0)
            return;
    }
}

}  // namespace seqload::app
