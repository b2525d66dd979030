#include "seqload/input/schema.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace seqload::input {

void Schema::add_file(std::span<const HeaderColumn> header) {
    const std::size_t file = file_count_++;
    for (SchemaColumn& column : columns_)
        column.cell.resize(file_count_);

    // The known columns that this file may still fill: by role, or by name in order.
    std::map<Column, std::size_t> by_role;
    std::unordered_map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t index = columns_.size(); index-- > 0;) {
        if (columns_[index].role)
            by_role[*columns_[index].role] = index;
        else
            by_name[columns_[index].name].push_back(index);
    }

    for (std::size_t place = 0; place < header.size(); ++place) {
        const HeaderColumn& column = header[place];
        std::optional<std::size_t> known;
        if (column.role) {
            if (const auto found = by_role.find(*column.role); found != by_role.end())
                known = found->second;
        } else if (const auto found = by_name.find(column.name);
                   found != by_name.end() && !found->second.empty()) {
            known = found->second.back();
            found->second.pop_back();
        }
        if (!known) {
            known = columns_.size();
            columns_.push_back({column.name, column.role, column.ignored, {}});
            columns_.back().cell.resize(file_count_);
        }
        columns_[*known].cell[file] = static_cast<std::uint32_t>(place);
    }
}

bool Schema::has(Column role) const {
    return std::ranges::any_of(columns_,
                               [role](const SchemaColumn& column) { return column.role == role; });
}

}  // namespace seqload::input
