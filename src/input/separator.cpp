#include "seqload/input/separator.hpp"

#include <algorithm>
#include <cstddef>

namespace seqload::input {

bool is_separator(char character) {
    return std::ranges::find(separators, character) != separators.end();
}

char find_separator(std::string_view beginning) {
    std::array<std::size_t, separators.size()> counts{};
    bool in_quotes = false;
    bool at_cell_start = true;
    bool is_blank = true;
    for (const char character : beginning) {
        // A doubled quote closes and opens again at once.
        if (character == '"' && (in_quotes || at_cell_start)) {
            in_quotes = !in_quotes;
            at_cell_start = !in_quotes;
            is_blank = false;
            continue;
        }
        if (in_quotes)
            continue;
        if (character == '\n' || character == '\r') {
            if (!is_blank)
                break;
            counts = {};
            at_cell_start = true;
            continue;
        }
        const auto separator = std::ranges::find(separators, character);
        at_cell_start = separator != separators.end();
        if (at_cell_start)
            ++counts[static_cast<std::size_t>(separator - separators.begin())];
        is_blank = is_blank && (character == ' ' || character == '\t');
    }
    return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace seqload::input
