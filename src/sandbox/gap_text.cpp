#include "seqload/sandbox/gap_text.hpp"

#include "seqload/base/joined.hpp"

#include <algorithm>
#include <stdexcept>

namespace seqload::sandbox {

GapText::GapText(std::string_view text, const std::vector<std::string_view>& gaps) {
    while (true) {
        const std::size_t start = text.find('@');
        if (start == std::string_view::npos)
            break;
        const std::size_t end = text.find('@', start + 1);
        const std::string_view name = text.substr(start + 1, end - start - 1);
        const auto gap = std::ranges::find(gaps, name);
        if (end == std::string_view::npos || gap == gaps.end())
            throw std::logic_error(joined("GapText: there is no gap '", name, "'"));
        pieces_.push_back({text.substr(0, start), static_cast<std::size_t>(gap - gaps.begin())});
        text.remove_prefix(end + 1);
    }
    pieces_.push_back({text, no_gap});
}

}  // namespace seqload::sandbox
