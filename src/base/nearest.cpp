#include "seqload/base/nearest.hpp"

#include "seqload/base/edit_distance.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace seqload {

std::optional<std::string> nearest(std::string_view wanted,
                                   std::span<const std::string> candidates) {
    const std::string target = lowered(wanted);
    const std::size_t most = std::clamp<std::size_t>(target.size() / 4, 1, 3);
    std::optional<std::string> found;
    std::size_t found_distance = most + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(target, lowered(candidate), most);
        if (distance < found_distance) {
            found = candidate;
            found_distance = distance;
        }
    }
    return found;
}

}  // namespace seqload
