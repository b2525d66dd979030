#include "seqload/report/next_steps.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/shell_word.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"

#include <string_view>

namespace seqload::report {

namespace {

// As an argument that no program takes for an option.
std::string as_argument(const std::filesystem::path& path) {
    const std::string text = path.string();
    return shell_word(text.starts_with('-') ? "./" + text : text);
}

// What is to be seen to before the run goes on.
std::string advice_for(std::string_view stop_reason) {
    const Explanation* stop = explain(Subject::stop_reason, stop_reason);
    return stop == nullptr || stop->next.empty() ? "" : joined(stop->next, ", then: ");
}

}  // namespace

std::vector<std::string> next_steps(const Summary& summary, const std::filesystem::path& attention,
                                    bool fail_on_skipped) {
    std::vector<std::string> steps;
    if (summary.stop_reason == "check_failed")
        return {std::string(explain(Subject::stop_reason, summary.stop_reason)->next)};
    const bool was_stopped = summary.stop_reason != "finished" && summary.stop_reason != "declined";
    if (was_stopped || summary.rows[RowStatus::not_attempted] > 0)
        steps.push_back(joined(advice_for(summary.stop_reason), "seqload resume ", summary.run_id));
    if (summary.rows[RowStatus::unconfirmed] > 0)
        steps.push_back(joined("ask Apollo about the ",
                               counted(summary.rows[RowStatus::unconfirmed], "unconfirmed row"),
                               ": seqload verify ", summary.run_id));
    if (rows_needing_a_person(summary.rows, fail_on_skipped) > 0)
        steps.push_back(
            joined("mend the rows in attention.csv, then: seqload load ", as_argument(attention)));
    return steps;
}

}  // namespace seqload::report
