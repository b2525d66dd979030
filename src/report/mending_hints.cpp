#include "seqload/report/mending_hints.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/model/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace seqload::report {

std::vector<std::string> mending_hints(const Summary& summary, bool fail_on_skipped) {
    std::vector<std::pair<std::uint64_t, std::string>> hints;
    for (const auto& [status, reasons] : summary.reasons) {
        if (!needs_person(status, fail_on_skipped))
            continue;
        for (const Summary::ReasonCount& one : reasons) {
            if (explain(status, one.reason) == nullptr)
                continue;
            if (const std::string told = advice(status, one.reason); !told.empty())
                hints.emplace_back(one.rows, joined(one.reason, ": ", told));
        }
    }
    std::ranges::stable_sort(hints, std::ranges::greater(),
                             &std::pair<std::uint64_t, std::string>::first);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(hints.size(), most_mending_hints); ++i)
        lines.push_back(std::move(hints[i].second));
    return lines;
}

}  // namespace seqload::report
