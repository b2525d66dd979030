#include "seqload/input/header_roles.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <array>
#include <utility>
#include <vector>

namespace seqload::input {

namespace {

std::string name_in_quotes(std::string_view header_name) {
    return joined("\"", printable(header_name), "\"");
}

// Columns as a person counts them, with what the header calls them.
std::string both_columns(std::span<const std::string> names, std::size_t first,
                         std::size_t second) {
    return joined("columns ", std::to_string(first + 1), " (", name_in_quotes(names[first]),
                  ") and ", std::to_string(second + 1), " (", name_in_quotes(names[second]), ")");
}

class Assignment {
public:
    Assignment(std::span<const std::string> names, const std::string& file_name)
        : names_(names), file_name_(file_name) {
        for (const std::string& name : names)
            header_.columns.push_back({name, std::nullopt, false});
    }

    // --map: the name as it is written, else one that differs only in what does
    // not matter. A file without it keeps to the column's own names. No name: none
    // of the file's columns is it.
    Result<void> map(Column column, std::string_view mapped_name) {
        is_mapped_away_[place(column)] = mapped_name.empty();
        if (mapped_name.empty())
            return {};
        auto places = places_of([&](const std::string& name) { return name == mapped_name; });
        if (places.empty()) {
            const std::string normalized = normalized_name(mapped_name);
            places = places_of(
                [&](const std::string& name) { return normalized_name(name) == normalized; });
        }
        if (places.size() > 1)
            return fail(ErrorKind::unusable_input,
                        joined(both_columns(names_, places[0], places[1]),
                               " are both what --map calls ", name(column)),
                        file_name_, "rename one of them");
        return places.empty() ? Result<void>() : give(column, places.front());
    }

    Result<void> assign_by_own_names() {
        const auto mapped = header_.cell;
        for (std::size_t index = 0; index < names_.size(); ++index) {
            if (header_.columns[index].role)
                continue;
            header_.columns[index].ignored = is_result_column(names_[index]);
            const auto column = column_named(names_[index]);
            if (!column || mapped[place(*column)] || is_mapped_away_[place(*column)])
                continue;
            if (auto given = give(*column, index); !given)
                return given;
        }
        return {};
    }

    Header take() { return std::move(header_); }

private:
    template <class Predicate>
    std::vector<std::size_t> places_of(Predicate is_wanted) const {
        std::vector<std::size_t> places;
        for (std::size_t index = 0; index < names_.size(); ++index) {
            if (is_wanted(names_[index]))
                places.push_back(index);
        }
        return places;
    }

    Result<void> give(Column column, std::size_t index) {
        if (const auto taken = header_.cell[place(column)])
            return fail(ErrorKind::unusable_input,
                        joined(both_columns(names_, *taken, index), " both mean ", name(column)),
                        file_name_,
                        joined("choose one with --map ", name(column), "=NAME, or rename one"));
        if (const auto role = header_.columns[index].role)
            return fail(ErrorKind::usage,
                        joined("column ", name_in_quotes(names_[index]), " cannot be both ",
                               name(*role), " and ", name(column)),
                        "--map", "name another column for one of them");
        header_.cell[place(column)] = static_cast<std::uint32_t>(index);
        header_.columns[index].role = column;
        return {};
    }

    std::span<const std::string> names_;
    const std::string& file_name_;
    std::array<bool, column_count> is_mapped_away_{};
    Header header_;
};

}  // namespace

Result<Header> assign_roles(std::span<const std::string> names, const ReadOptions& options,
                            const std::string& file_name) {
    Assignment assignment(names, file_name);
    for (const auto& [column, mapped_name] : options.column_names) {
        if (auto mapped = assignment.map(column, mapped_name); !mapped)
            return std::unexpected(std::move(mapped.error()));
    }
    if (auto assigned = assignment.assign_by_own_names(); !assigned)
        return std::unexpected(std::move(assigned.error()));
    return assignment.take();
}

}  // namespace seqload::input
