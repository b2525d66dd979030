#include "seqload/input/cell_cutter.hpp"

#include <stdexcept>
#include <utility>

#include <csv.h>

namespace seqload::input {

namespace {

// As io::detail::parse_line does it, for as many cells as there are.
template <char separator, class Trim>
void cut(char* line, std::vector<std::string_view>& cells) {
    using Quotes = io::double_quote_escape<separator, '"'>;
    while (true) {
        // The parser's scan takes and gives const, though the text is ours to write to.
        char* begin = line;
        char* end = begin + (Quotes::find_next_column_end(begin) - begin);
        const bool is_last = *end == '\0';
        line = end + 1;
        Trim::trim(begin, end);
        Quotes::unescape(begin, end);
        cells.emplace_back(begin, static_cast<std::size_t>(end - begin));
        if (is_last)
            return;
    }
}

using Spaces = io::trim_chars<' '>;
using SpacesAndTabs = io::trim_chars<' ', '\t'>;

}  // namespace

void cut_cells(char* line, char separator, std::vector<std::string_view>& cells) {
    switch (separator) {
        case ',':
            cut<',', SpacesAndTabs>(line, cells);
            break;
        case ';':
            cut<';', SpacesAndTabs>(line, cells);
            break;
        case '|':
            cut<'|', SpacesAndTabs>(line, cells);
            break;
        case '\t':
            cut<'\t', Spaces>(line, cells);
            break;
        default:
            throw std::logic_error("cells are to be cut at what is no separator");
    }
}

}  // namespace seqload::input
