#include "seqload/report/undo_page.hpp"

#include "html_text.hpp"
#include "page_charts.hpp"
#include "page_frame.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/catalogue.hpp"

#include <array>
#include <cstddef>

namespace seqload::report {

namespace {

constexpr std::size_t most_failed = 10;

std::string undo_meaning(Subject subject, std::string_view word) {
    const Explanation* known = explain(subject, word);
    return known == nullptr ? std::string() : html_text(known->meaning);
}

std::string ending_of(const UndoSummary& summary) {
    if (summary.stop_reason.empty())
        return "<span class=\"verdict bad\">Not ended</span>: it runs, or was killed";
    if (summary.stop_reason == "finished")
        return "<span class=\"verdict good\">Finished</span>";
    return joined("<span class=\"verdict bad\">Stopped</span> (<code>",
                  html_excerpt(summary.stop_reason), "</code>)");
}

std::string header_of(const UndoSummary& summary) {
    std::string when = joined("begun ", html_time(summary.started_at));
    if (summary.finished_at)
        when += joined(", took ", describe(*summary.finished_at - summary.started_at));
    return joined("<header>\n<p class=\"kicker\">seqload undo · run ", html_excerpt(summary.run_id),
                  "</p>\n<h1>", grouped(summary.removed), " of ", counted(summary.total, "contact"),
                  " ", done_word(summary.mode), "</h1>\n<p>", ending_of(summary),
                  ". It takes back run <code>", html_excerpt(summary.undoes),
                  "</code>.</p>\n<p class=\"muted small\">", when, ", with ",
                  counted(summary.requests.sent, "request"), "</p>\n</header>\n");
}

std::string outcome_of(const UndoSummary& summary) {
    // The colours are those of like fates of rows.
    const std::array<Share, 4> shares{{{"added", done_word(summary.mode), summary.removed},
                                       {"duplicate", "not_in_sequence", summary.not_in_sequence},
                                       {"failed", "failed", summary.failed},
                                       {"not_attempted", "not_attempted", summary.not_attempted}}};
    std::string rows;
    for (const Share& share : shares) {
        if (share.count > 0)
            rows += html_row({{joined(html_swatch(share.css_class), share.label), {}, "word"},
                              {grouped(share.count), "contacts", "number"},
                              {percentage(share.count, summary.total), {}, "number"},
                              {undo_meaning(Subject::undo_status, share.label), {}, "muted full"}});
    }
    std::string code;
    if (summary.exit_code) {
        const std::string number = std::to_string(*summary.exit_code);
        const std::string meaning = undo_meaning(Subject::exit_code, number);
        code = joined("<p class=\"muted small\">Exit code ", number, meaning.empty() ? "" : ": ",
                      meaning, ".</p>\n");
    }
    return html_section(
        "Outcome",
        joined(stacked_bar("outcome", "What became of the contacts", shares),
               html_table({{"Status"}, {"Contacts", "number"}, {"Share", "number"}, {"Meaning"}},
                          rows),
               code));
}

std::string failed_of(const UndoSummary& summary, std::span<const state::Removal> removals) {
    std::string rows;
    std::size_t shown = 0;
    for (const state::Removal& removal : removals) {
        if (removal.status != state::RemovalStatus::failed)
            continue;
        if (++shown > most_failed)
            break;
        rows += html_row(
            {{grouped(removal.row), "row", "number"},
             {joined("<span class=\"id\">", removal.contact.text(), "</span>"), "contact"},
             {joined("<span class=\"id\">", removal.sequence.text(), "</span>"), "sequence"},
             {joined("<code>", html_excerpt(removal.reason), "</code>"), "reason"},
             {html_excerpt(removal.detail), {}, "full"}});
    }
    if (summary.failed > most_failed)
        rows += html_row(
            {{joined("… and ", grouped(summary.failed - most_failed), " more"), {}, "muted full"}});
    return html_section(
        "Contacts that could not be taken back",
        html_table({{"Row", "number"}, {"Contact"}, {"Sequence"}, {"Reason"}, {"Detail"}}, rows));
}

}  // namespace

std::string undo_page_text(const UndoSummary& summary, std::span<const state::Removal> removals) {
    return html_page(
        joined("seqload undo ", summary.run_id),
        joined(header_of(summary), "<main>\n", outcome_of(summary),
               html_section("What to do next", html_steps(undo_next_steps(summary))),
               failed_of(summary, removals),
               "</main>\n<footer>Made from what is on record of this run. Every contact is in <a "
               "href=\"report.csv\">report.csv</a>, the numbers for programs are in <a "
               "href=\"summary.json\">summary.json</a>. Times are UTC.</footer>\n"));
}

}  // namespace seqload::report
