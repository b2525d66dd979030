#include "paragraph.hpp"

#include "seqload/base/text.hpp"

namespace seqload::app {

std::string padded(std::string_view text, std::size_t width) {
    std::string result(text);
    const std::size_t columns = columns_of(text);
    if (columns < width)
        result.append(width - columns, ' ');
    return result;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
    std::string lines;
    std::size_t column = indent;
    for (const std::string_view word : split(text, ' ')) {
        if (column > indent && column + 1 + columns_of(word) > width) {
            lines += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            lines += ' ';
            ++column;
        }
        lines += word;
        column += columns_of(word);
    }
    return lines;
}

}  // namespace seqload::app
