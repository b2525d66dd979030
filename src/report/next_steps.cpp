#include "seqload/report/next_steps.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/shell_word.hpp"
#include "seqload/base/text.hpp"

#include <array>
#include <string_view>

namespace seqload::report {

namespace {

struct Advice {
    std::string_view stop_reason;
    std::string_view text;
};

// The stop reasons as summary.json spells them, and what is to be seen to before
// the run goes on.
constexpr std::array advice_for_stops{
    Advice{"key_refused",
           "set APOLLO_API_KEY to a key that may add contacts (a master key), then: "},
    Advice{"gave_up", "see whether Apollo can be reached, then: "},
    Advice{"canary", "see what became of the rows that were tried first, then: "},
    Advice{"input_failed", "see that the input files are complete and as they were, then: "},
    Advice{"state_failed", "free space on the disk of the state, then: "},
};

// As an argument that no program takes for an option.
std::string as_argument(const std::filesystem::path& path) {
    const std::string text = path.string();
    return shell_word(text.starts_with('-') ? "./" + text : text);
}

std::string_view advice_for(std::string_view stop_reason) {
    for (const Advice& advice : advice_for_stops) {
        if (advice.stop_reason == stop_reason)
            return advice.text;
    }
    return {};
}

}  // namespace

std::vector<std::string> next_steps(const Summary& summary, const std::filesystem::path& attention,
                                    bool fail_on_skipped) {
    std::vector<std::string> steps;
    if (summary.stop_reason == "check_failed")
        return {"mend what `seqload check` finds, then load the input anew"};
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
