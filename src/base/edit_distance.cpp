#include "seqload/base/edit_distance.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace seqload {

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most) {
    const std::size_t difference =
        left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
    if (difference > most)
        return most + 1;
    // Rows of the usual table; the one before the last is needed for swaps. Where the texts are
    // more than `most` apart up to here, whatever follows cannot bring them nearer.
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column <= right.size(); ++column)
        last[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const bool is_same = left[line - 1] == right[column - 1];
            row[column] = std::min(
                {last[column] + 1, row[column - 1] + 1, last[column - 1] + (is_same ? 0 : 1)});
            const bool is_swapped = line > 1 && column > 1 && left[line - 1] == right[column - 2] &&
                                    left[line - 2] == right[column - 1];
            if (is_swapped)
                row[column] = std::min(row[column], before[column - 2] + 1);
        }
        // A swap reaches over one row.
        const std::size_t nearest =
            std::min(*std::ranges::min_element(row), *std::ranges::min_element(last));
        if (nearest > most)
            return most + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[right.size()], most + 1);
}

}  // namespace seqload
