#include "seqload/input/near_miss.hpp"

#include "seqload/base/edit_distance.hpp"
#include "seqload/input/column.hpp"

#include <algorithm>

namespace seqload::input {

std::optional<std::string_view> near_miss(std::string_view wanted,
                                          std::span<const std::string> candidates) {
    const std::string target = normalized_name(wanted);
    const std::size_t most = std::min<std::size_t>(3, target.size() / 4);
    std::optional<std::string_view> nearest;
    std::size_t nearest_distance = most + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(target, normalized_name(candidate), most);
        if (distance < nearest_distance) {
            nearest = candidate;
            nearest_distance = distance;
        }
    }
    return nearest;
}

}  // namespace seqload::input
