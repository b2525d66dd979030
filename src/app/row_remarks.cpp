#include "seqload/app/row_remarks.hpp"

#include "seqload/app/say.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <span>
#include <string>

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
    std::string text = joined(printable(files_.name(row.file)), ":", std::to_string(row.line),
                              ": row ", std::to_string(row.number), ": ", outcome.reason);
    if (!outcome.detail.empty())
        text += ": " + printable(outcome.detail);
    const LogLine line{.level = LogLevel::warning, .message = text};
    say(std::span(&line, 1), text + '\n');
}

void RowRemarks::finish() const {
    if (quiet_ || invalid_ <= shown_at_most)
        return;
    remark(LogLevel::warning,
           joined("… and ", counted(invalid_ - shown_at_most, "invalid row"), " more"));
}

}  // namespace seqload::app
