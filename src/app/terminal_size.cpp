#include "seqload/app/terminal_size.hpp"

#include <sys/ioctl.h>

namespace seqload::app {

std::optional<TerminalSize> terminal_size(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return std::nullopt;
    return TerminalSize{size.ws_col, size.ws_row};
}

std::optional<std::size_t> terminal_columns(int descriptor) {
    const auto size = terminal_size(descriptor);
    return size ? std::optional(size->columns) : std::nullopt;
}

}  // namespace seqload::app
