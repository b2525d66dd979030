#include "value_rows.hpp"

namespace seqload::state {

std::string value_rows(const std::string& head, int first, int parameters, std::size_t count) {
    std::string rows;
    int number = first;
    for (std::size_t row = 0; row < count; ++row) {
        rows += row == 0 ? "(" : ", (";
        rows += head;
        for (int parameter = 0; parameter < parameters; ++parameter)
            rows += ", ?" + std::to_string(number++);
        rows += ')';
    }
    return rows;
}

}  // namespace seqload::state
