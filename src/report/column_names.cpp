#include "seqload/report/column_names.hpp"

#include <algorithm>
#include <unordered_set>

namespace seqload::report {

std::vector<std::string> names_beside(std::span<const std::string_view> taken,
                                      std::span<const std::string> names) {
    const auto is_taken = [taken](const std::string& name) {
        return std::ranges::find(taken, name) != taken.end();
    };
    // A name that some column has for itself is made for no other.
    const std::unordered_set<std::string> own_names(names.begin(), names.end());
    std::unordered_set<std::string> given;

    std::vector<std::string> result;
    for (const std::string& name : names) {
        const bool is_free = !is_taken(name) && given.insert(name).second;
        std::string chosen = name;
        if (!is_free) {
            const std::string base = is_taken(name) ? "input_" + name : name;
            chosen = is_taken(name) ? base : base + "_2";
            for (int number = 2;
                 own_names.contains(chosen) || is_taken(chosen) || !given.insert(chosen).second;
                 ++number)
                chosen = base + "_" + std::to_string(number);
        }
        result.push_back(std::move(chosen));
    }
    return result;
}

}  // namespace seqload::report
