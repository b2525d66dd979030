#include "seqload/app/row_remarks.hpp"

#include "paragraph.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"

#include <span>
#include <string>
#include <utility>

namespace seqload::app {

namespace {

constexpr std::uint64_t shown_at_most = 10;

}  // namespace

void RowRemarks::take(const Row& row, const Outcome& outcome) {
    if (outcome.status != RowStatus::invalid)
        return;
    ++invalid_;
    if (quiet_ || invalid_ > shown_at_most)
        return;
    const std::string& file = files_.name(row.file);
    std::string line = remark_on(file, row, outcome, false);
    line.pop_back();  // a message of a log is without the line feed
    const LogLine logged{.level = LogLevel::warning, .message = std::move(line)};
    say(std::span(&logged, 1),
        remark_on(file, row, outcome, explained_.insert(outcome.reason).second));
}

void RowRemarks::finish() const {
    if (quiet_ || invalid_ <= shown_at_most)
        return;
    remark(LogLevel::warning,
           joined("… and ", counted(invalid_ - shown_at_most, "invalid row"), " more"));
}

std::string remark_on(std::string_view file, const Row& row, const Outcome& outcome,
                      bool with_meaning) {
    std::string text = joined(printable(file), ":", std::to_string(row.line), ": row ",
                              std::to_string(row.number), ": ", outcome.reason);
    if (!outcome.detail.empty())
        text += ": " + printable(outcome.detail);
    const Explanation* const known =
        with_meaning ? explain(RowStatus::invalid, outcome.reason) : nullptr;
    if (known != nullptr) {
        const std::string next = known->next.empty() ? "" : joined(": ", known->next);
        text += joined("\n    ", wrapped(joined(known->meaning, next), 4));
    }
    return text + '\n';
}

}  // namespace seqload::app
