#pragma once

#include <cstddef>
#include <optional>

namespace seqload::app {

struct TerminalSize {
    std::size_t columns = 0;
    std::size_t rows = 0;
};

// What the terminal behind that descriptor has room for now; nullopt if there is no terminal, or
// it does not say.
std::optional<TerminalSize> terminal_size(int descriptor);

// Its columns alone.
std::optional<std::size_t> terminal_columns(int descriptor);

}  // namespace seqload::app
