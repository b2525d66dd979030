#include "seqload/report/github_text.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <string_view>

namespace seqload::report {

namespace {

constexpr std::size_t most_targets_shown = 20;
constexpr std::size_t most_reasons_listed = 10;
constexpr std::size_t most_cell_bytes = 200;

// A workflow command's values (github.com/actions/toolkit, command.ts): % and line
// breaks in the message, and also : and , in a property.
std::string escaped(std::string_view text, bool is_property) {
    std::string result;
    for (const char character : text) {
        if (character == '%')
            result += "%25";
        else if (character == '\r')
            result += "%0D";
        else if (character == '\n')
            result += "%0A";
        else if (is_property && character == ':')
            result += "%3A";
        else if (is_property && character == ',')
            result += "%2C";
        else
            result += character;
    }
    return result;
}

std::string annotation(const RowProblem& problem, std::span<const std::string> file_names) {
    std::string properties;
    if (problem.file)
        properties = joined("file=", escaped(file_names[*problem.file], true),
                            ",line=", std::to_string(problem.line), ",");
    properties += joined("title=", escaped(joined("seqload: ", name(problem.status)), true));
    return joined("::error ", properties, "::", escaped(sentence(problem), false), "\n");
}

// Text within a Markdown table: HTML's own characters, and whatever Markdown gives a
// meaning, as references; long text is cut.
std::string cell(std::string_view text) {
    const std::string_view beginning = input::bounded(text, most_cell_bytes);
    std::string shown = printable(beginning);
    if (beginning.size() < text.size())
        shown += "…";
    std::string result;
    for (const char character : shown) {
        constexpr std::string_view special = "&<>|*_`[]\\~#@!\"'()$";
        if (special.find(character) == std::string_view::npos)
            result += character;
        else
            result += joined("&#", std::to_string(static_cast<int>(character)), ";");
    }
    return result;
}

std::string heading(const Summary& summary, bool fail_on_skipped) {
    const auto needing = rows_needing_a_person(summary.rows, fail_on_skipped);
    std::string text =
        joined("## seqload ", cell(summary.command), ": ", grouped(summary.rows[RowStatus::added]),
               " of ", counted(summary.rows.total(), "row"), " added\n\n");
    if (summary.stop_reason != "finished")
        text += joined("**Stopped before the end** (", cell(summary.stop_reason), "). ");
    if (needing == 0)
        text += "No row needs a person.\n";
    else
        text += joined("**", counted(needing, "row"), needing == 1 ? " needs" : " need",
                       " a person.**\n");
    return text;
}

std::string reasons_cell(const Summary& summary, RowStatus status) {
    const auto found = summary.reasons.find(status);
    if (found == summary.reasons.end())
        return {};
    std::string text;
    for (std::size_t i = 0; i < std::min(found->second.size(), most_reasons_listed); ++i)
        text += joined(text.empty() ? "" : ", ", cell(found->second[i].reason), " ",
                       grouped(found->second[i].rows));
    if (found->second.size() > most_reasons_listed)
        text +=
            joined(", and ", counted(found->second.size() - most_reasons_listed, "more reason"));
    return text;
}

std::string status_table(const Summary& summary) {
    if (summary.rows.total() == 0)
        return {};
    std::string text = "\n| status | rows | reasons |\n| --- | ---: | --- |\n";
    for (const RowStatus status : row_statuses) {
        if (summary.rows[status] > 0)
            text += joined("| ", cell(name(status)), " | ", grouped(summary.rows[status]), " | ",
                           reasons_cell(summary, status), " |\n");
    }
    return text;
}

std::string target_table(const Summary& summary) {
    if (summary.targets.empty())
        return {};
    std::string text =
        "\n| sequence | mailbox | rows | added | requests |\n| --- | --- | ---: | ---: | ---: |\n";
    for (std::size_t i = 0; i < std::min(summary.targets.size(), most_targets_shown); ++i) {
        const TargetSummary& target = summary.targets[i];
        text +=
            joined("| ", target.target.sequence.text(), " | ", cell(mailboxes_text(target.target)),
                   " | ", grouped(target.rows.total()), " | ",
                   grouped(target.rows[RowStatus::added]), " | ", grouped(target.requests), " |\n");
    }
    const auto left = summary.targets.size() + summary.targets_left_out -
                      std::min(summary.targets.size(), most_targets_shown);
    if (left > 0)
        text += joined("\n… and ", counted(left, "target"), " more, in summary.json\n");
    return text;
}

std::string problem_table(std::span<const RowProblem> first,
                          std::span<const std::string> file_names, std::uint64_t total) {
    if (first.empty())
        return {};
    std::string text =
        "\n| where | row | status | reason | detail |\n"
        "| --- | ---: | --- | --- | --- |\n";
    for (const RowProblem& problem : first)
        text += joined("| ", cell(place(problem, file_names)), " | ", std::to_string(problem.row),
                       " | ", cell(name(problem.status)), " | ", cell(problem.reason), " | ",
                       cell(problem.detail), " |\n");
    if (total > first.size())
        text +=
            joined("\n… and ", counted(total - first.size(), "row"), " more, in attention.csv\n");
    return text;
}

std::string traffic(const Summary& summary) {
    const RequestCounters& requests = summary.counters.requests;
    std::string text =
        joined("\n", counted(requests.sent, "request"), " (", grouped(summary.minimum_requests),
               " at the least), ", grouped(requests.retried), " retried, ",
               grouped(requests.rate_limited), " rate limited");
    if (summary.finished_at)
        text += joined(", in ", describe(*summary.finished_at - summary.started_at));
    return text + ". Run " + cell(summary.run_id) + ".\n";
}

std::string next(std::span<const std::string> steps) {
    if (steps.empty())
        return {};
    std::string text = "\n**Next**\n\n";
    for (const std::string& step : steps)
        text += joined("- ", cell(step), "\n");
    return text;
}

}  // namespace

std::string annotations_text(std::span<const RowProblem> first, std::uint64_t total,
                             std::span<const std::string> file_names) {
    const bool all_fit = total <= most_annotations && first.size() == total;
    const std::size_t shown = all_fit ? first.size() : std::min(first.size(), most_annotations - 1);
    std::string text;
    for (const RowProblem& problem : first.first(shown))
        text += annotation(problem, file_names);
    if (total > shown)
        text += joined("::error title=seqload::", counted(total - shown, "row"),
                       " more need a person, see attention.csv\n");
    return text;
}

std::string step_summary_text(const Summary& summary, std::span<const RowProblem> first,
                              std::span<const std::string> file_names,
                              std::span<const std::string> next_steps, bool fail_on_skipped) {
    return joined(
        heading(summary, fail_on_skipped), status_table(summary), target_table(summary),
        problem_table(first, file_names, rows_needing_a_person(summary.rows, fail_on_skipped)),
        traffic(summary), next(next_steps));
}

}  // namespace seqload::report
