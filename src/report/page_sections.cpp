#include "page_sections.hpp"

#include "html_text.hpp"
#include "page_charts.hpp"
#include "page_frame.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"
#include "seqload/report/next_steps.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace seqload::report {

namespace {

constexpr std::size_t most_reasons = 12;  // of each status
constexpr std::size_t most_inputs = 12;
constexpr std::size_t most_problems = 10;

std::vector<Share> shares_of(const state::StatusCounts& rows) {
    std::vector<Share> shares;
    shares.reserve(row_statuses.size());
    for (const RowStatus status : row_statuses)
        shares.push_back({name(status), name(status), rows[status]});
    return shares;
}

std::string meaning_of(Subject subject, std::string_view word) {
    const Explanation* known = explain(subject, word);
    return known == nullptr ? std::string() : html_text(known->meaning);
}

std::string headline(const Summary& summary) {
    if (summary.rows.total() == 0)
        return "The input has no rows";
    return joined(grouped(summary.rows[RowStatus::added]), " of ",
                  counted(summary.rows.total(), "row"), " added");
}

std::string ending(const Summary& summary) {
    if (summary.stop_reason.empty())
        return "<span class=\"verdict bad\">Not ended</span>: it runs, or was killed";
    const std::string meaning = meaning_of(Subject::stop_reason, summary.stop_reason);
    if (summary.stop_reason == "finished")
        return "<span class=\"verdict good\">Finished</span>";
    return joined("<span class=\"verdict bad\">Stopped</span> (<code>",
                  html_excerpt(summary.stop_reason), "</code>)", meaning.empty() ? "" : ": ",
                  meaning);
}

std::string needing(const PageNumbers& numbers) {
    const auto rows = rows_needing_a_person(numbers.summary.rows, numbers.fail_on_skipped);
    if (rows == 0)
        return "<span class=\"good\">No row needs a person.</span>";
    return joined("<span class=\"bad\">", counted(rows, "row"),
                  rows == 1 ? " needs a person.</span>" : " need a person.</span>");
}

std::string exit_code_line(const Summary& summary) {
    if (!summary.exit_code)
        return {};
    const std::string code = std::to_string(*summary.exit_code);
    const std::string meaning = meaning_of(Subject::exit_code, code);
    return joined("<p class=\"muted small\">Exit code ", code, meaning.empty() ? "" : ": ", meaning,
                  ".</p>\n");
}

// On one line, unless it is longer than any that is known.
Cell reason_cell(std::string_view reason) {
    constexpr std::size_t longest_word = 45;
    return {joined("<code>", html_excerpt(reason), "</code>"),
            {},
            reason.size() <= longest_word ? "word" : ""};
}

std::string reason_rows(RowStatus status, const std::vector<Summary::ReasonCount>& reasons) {
    std::string rows;
    std::uint64_t left_out = 0;
    std::uint64_t rows_left_out = 0;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        const Summary::ReasonCount& one = reasons[i];
        if (i >= most_reasons || one.reason == Summary::other_reasons) {
            ++left_out;
            rows_left_out += one.rows;
            continue;
        }
        const Explanation* known = explain(status, one.reason);
        std::string what = known == nullptr ? "A word of Apollo's that is not known here"
                                            : html_text(known->meaning);
        what += '.';
        if (known != nullptr && !known->next.empty()) {
            const std::string option =
                known->option.empty()
                    ? std::string()
                    : joined(" (<code class=\"word\">", html_text(known->option), "</code>)");
            what += joined(" <span class=\"muted\">To do: ", html_text(known->next), option,
                           ".</span>");
        }
        rows += html_row({{joined(html_swatch(name(status)), name(status)), {}, "word"},
                          reason_cell(one.reason),
                          {grouped(one.rows), "rows", "number"},
                          {what, {}, "wide"}});
    }
    if (left_out > 0)
        rows += html_row({{joined(html_swatch(name(status)), name(status)), {}, "word"},
                          {"<span class=\"muted\">others</span>"},
                          {grouped(rows_left_out), "rows", "number"},
                          {"<span class=\"muted\">Less frequent reasons, counted together.</span>",
                           {},
                           "wide"}});
    return rows;
}

}  // namespace

std::string page_header(const PageNumbers& numbers) {
    const Summary& summary = numbers.summary;
    std::string when = joined("begun ", html_time(summary.started_at));
    if (summary.finished_at)
        when += joined(", took ", describe(*summary.finished_at - summary.started_at));
    return joined("<header>\n<p class=\"kicker\">seqload ", html_excerpt(summary.command),
                  " · run ", html_excerpt(summary.run_id), "</p>\n<h1>", headline(summary),
                  "</h1>\n<p>", ending(summary), ". ", needing(numbers), "</p>\n",
                  "<p class=\"muted small\">", when, "</p>\n", "</header>\n");
}

std::string outcome_section(const PageNumbers& numbers) {
    const Summary& summary = numbers.summary;
    const std::uint64_t total = summary.rows.total();
    std::string rows;
    for (const RowStatus status : row_statuses) {
        const std::uint64_t count = summary.rows[status];
        if (count > 0)
            rows += html_row({{joined(html_swatch(name(status)), name(status)), {}, "word"},
                              {grouped(count), "rows", "number"},
                              {percentage(count, total), {}, "number"},
                              {meaning_of(Subject::status, name(status)), {}, "muted full"}});
    }
    std::string people;
    if (summary.contacts_added != summary.rows[RowStatus::added])
        people = joined("<p class=\"small\">In people, with those whom labels reached: ",
                        grouped(summary.contacts_added), " added, ",
                        grouped(summary.contacts_skipped), " skipped.</p>\n");
    return html_section(
        "Outcome",
        joined(stacked_bar("outcome", "What became of the rows", shares_of(summary.rows)),
               html_table({{"Status"}, {"Rows", "number"}, {"Share", "number"}, {"Meaning"}}, rows),
               people, exit_code_line(summary)));
}

std::string steps_section(const PageNumbers& numbers) {
    return html_section("What to do next", html_steps(next_steps(numbers.summary, numbers.attention,
                                                                 numbers.fail_on_skipped)));
}

std::string problems_section(const PageNumbers& numbers) {
    std::string rows;
    const auto& problems = numbers.problems.first();
    const std::size_t shown = std::min(problems.size(), most_problems);
    for (std::size_t i = 0; i < shown; ++i) {
        const RowProblem& problem = problems[i];
        std::string where = "<span class=\"muted\">cannot be read any more</span>";
        if (problem.file)
            where = joined("<code>", html_excerpt(numbers.file_names.at(*problem.file)), ":",
                           std::to_string(problem.line), "</code>");
        rows +=
            html_row({{where, {}, "full"},
                      {grouped(problem.row), "row", "number"},
                      {joined(html_swatch(name(problem.status)), name(problem.status)), {}, "word"},
                      reason_cell(problem.reason),
                      {html_excerpt(problem.detail), {}, "full"}});
    }
    if (rows.empty())
        return {};
    std::string rest = "All of them are";
    if (numbers.problems.total() > shown)
        rest = joined("… and ", counted(numbers.problems.total() - shown, "row"), " more: all are");
    return html_section(
        "Rows that need a person",
        joined(
            html_table({{"Place"}, {"Row", "number"}, {"Status"}, {"Reason"}, {"Detail"}}, rows),
            "<p class=\"muted small\">", rest,
            " in <a href=\"attention.csv\">attention.csv</a>, in the input's own columns.</p>\n"));
}

std::string reasons_section(const PageNumbers& numbers) {
    std::string rows;
    for (const auto& [status, reasons] : numbers.summary.reasons)
        rows += reason_rows(status, reasons);
    return html_section(
        "Reasons",
        html_table({{"Status"}, {"Reason"}, {"Rows", "number"}, {"What it means"}}, rows));
}

std::string sequences_section(const PageNumbers& numbers) {
    std::string rows;
    for (std::size_t i = 0; i < numbers.sequences.largest.size(); ++i) {
        const SequenceTotals& one = numbers.sequences.largest[i];
        const std::string id = one.sequence.text();
        const std::string title = one.name.empty() ? joined("<span class=\"id\">", id, "</span>")
                                                   : joined(html_excerpt(one.name),
                                                            " <span class=\"id\">", id, "</span>");
        const std::uint64_t added = one.rows[RowStatus::added];
        rows += html_row({{joined(title, stacked_bar(joined("sequence-", std::to_string(i + 1)),
                                                     joined("Rows of sequence ", id),
                                                     shares_of(one.rows), true)),
                           {},
                           "wide"},
                          {grouped(one.rows.total()), "rows", "number"},
                          {grouped(added), "added", "number"},
                          {grouped(rows_needing_a_person(one.rows, numbers.fail_on_skipped)),
                           "need a person", "number"},
                          {grouped(one.rows[RowStatus::not_attempted]), "not attempted", "number"},
                          {grouped(one.requests), "requests", "number"}});
    }
    return html_section("Sequences", html_table({{"Sequence"},
                                                 {"Rows", "number"},
                                                 {"Added", "number"},
                                                 {"Need a person", "number"},
                                                 {"Not attempted", "number"},
                                                 {"Requests at least", "number"}},
                                                rows) +
                                         html_remainder(numbers.sequences.left_out, "sequence",
                                                        numbers.sequences.rows_left_out.total()));
}

std::string inputs_section(const PageNumbers& numbers) {
    const auto& inputs = numbers.summary.inputs;
    std::string rows;
    std::uint64_t rows_left_out = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (i >= most_inputs) {
            rows_left_out += inputs[i].rows;
            continue;
        }
        rows += html_row(
            {{joined("<code>", html_excerpt(inputs[i].file), "</code>")},
             {grouped(inputs[i].rows), "rows", "number"},
             {grouped(inputs[i].bytes), "bytes", "number"},
             {joined("<span class=\"id\">", html_excerpt(inputs[i].fingerprint), "</span>"),
              {},
              "optional"}});
    }
    return html_section(
        "Input",
        html_table({{"File"}, {"Rows", "number"}, {"Bytes", "number"}, {"XXH3-128"}}, rows) +
            html_remainder(inputs.size() - std::min(inputs.size(), most_inputs), "file",
                           rows_left_out));
}

}  // namespace seqload::report
