#include "seqload/report/summary_text.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"
#include "seqload/report/mending_hints.hpp"
#include "seqload/report/next_steps.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

namespace seqload::report {

namespace {

constexpr std::size_t status_width = 21;
constexpr std::size_t most_reasons_shown = 4;
constexpr std::size_t block_width = 11;

std::string padded_right(std::string_view text, std::size_t width) {
    std::string padded(text);
    padded.resize(std::max(width, padded.size()), ' ');
    return padded;
}

std::string padded_left(std::string_view text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + std::string(text);
}

std::string beginning(const Summary& summary) {
    if (summary.stop_reason == "finished")
        return "Finished: ";
    if (summary.stop_reason.empty())
        return "Not ended: ";
    return joined("Stopped (", printable(summary.stop_reason), "): ");
}

// The one line to read if only one is read.
std::string headline(const Summary& summary, bool fail_on_skipped) {
    if (summary.rows.total() == 0)
        return joined(beginning(summary), "the input has no rows.\n");
    std::string line = joined(beginning(summary), grouped(summary.rows[RowStatus::added]), " of ",
                              counted(summary.rows.total(), "row"), " added");
    if (const auto left = summary.rows[RowStatus::not_attempted]; left > 0)
        line += joined(", ", grouped(left), " not attempted");
    const auto needing = rows_needing_a_person(summary.rows, fail_on_skipped);
    line += joined(", ", needing == 0 ? "none" : grouped(needing),
                   needing > 1 ? " need a person.\n" : " needs a person.\n");
    return line;
}

std::string reasons_text(const Summary& summary, RowStatus status) {
    const auto found = summary.reasons.find(status);
    if (found == summary.reasons.end())
        return {};
    std::string text;
    for (std::size_t index = 0; index < found->second.size(); ++index) {
        if (index == most_reasons_shown) {
            text += joined(", and ", counted(found->second.size() - index, "more reason"));
            break;
        }
        const Summary::ReasonCount& counted_reason = found->second[index];
        text += joined(text.empty() ? "  " : ", ", printable(counted_reason.reason), " ",
                       grouped(counted_reason.rows));
    }
    return text;
}

std::string table(const Summary& summary) {
    const std::size_t number_width = grouped(summary.rows.total()).size();
    std::string text;
    for (const RowStatus status : row_statuses) {
        if (summary.rows[status] > 0)
            text += joined("  ", padded_right(name(status), status_width),
                           padded_left(grouped(summary.rows[status]), number_width),
                           reasons_text(summary, status), "\n");
    }
    return text.empty() ? text : joined("\n", text);
}

std::string requests_line(const Summary& summary) {
    const RequestCounters& requests = summary.counters.requests;
    std::string line =
        joined("requests   ", grouped(requests.sent), " sent (", grouped(summary.minimum_requests),
               " at the least), ", grouped(requests.retried), " retried, ",
               grouped(requests.rate_limited), " rate limited");
    if (summary.finished_at)
        line += joined(", in ", describe(*summary.finished_at - summary.started_at));
    return line + "\n";
}

// "hour: 0 of 400 left until 18:59".
std::string window_text(Window window, const WindowCounters& counters, WallTime now) {
    std::string text = joined(name(window), ": ", grouped(counters.left.value_or(0)), " of ",
                              grouped(*counters.limit), " left");
    if (counters.resets_at)
        text += joined(" until ", local_time_text(*counters.resets_at, now));
    return text;
}

// A minute is over before anybody has read of it.
std::string quota_line(const Summary& summary) {
    if (!summary.finished_at)
        return {};
    std::string text;
    for (const Window window : {Window::hour, Window::day}) {
        const WindowCounters& counters = summary.counters[window];
        if (counters.limit)
            text += joined(text.empty() ? "quota      " : ", ",
                           window_text(window, counters, *summary.finished_at));
    }
    return text.empty() ? text : text + '\n';
}

// How good the forecast was, where it is a matter of more than moments.
std::string time_line(const Summary& summary) {
    const auto& forecast = summary.counters.forecast;
    constexpr Duration moments = std::chrono::minutes(1);
    if (!forecast || summary.counters.remaining ||
        std::max(forecast->duration, summary.counters.took) < moments)
        return {};
    const std::string forecast_duration =
        forecast->duration == Duration(0) ? "no waiting" : describe(forecast->duration);
    return joined("time       ", counted(forecast->requests, "request"), " in ",
                  describe(summary.counters.took), ", ", forecast_duration, " was forecast\n");
}

std::string remaining_line(const Summary& summary) {
    const auto& remaining = summary.counters.remaining;
    if (!remaining || remaining->requests == 0 || !summary.finished_at)
        return {};
    const std::string requests = counted(remaining->requests, "request");
    if (remaining->duration == Duration(0))
        return joined("left       ", requests, ", no waiting for the quota\n");
    return joined("left       ", requests, ": about ", describe(remaining->duration), ", until ",
                  local_time_text(remaining->finishes_at, *summary.finished_at),
                  " if resumed at once\n");
}

// People and rows are the same number unless labels were loaded.
std::string contacts_line(const Summary& summary, const RowFiles& files) {
    if (!files.label_contacts)
        return {};
    return joined("contacts   ", grouped(summary.contacts_added), " added, ",
                  grouped(summary.contacts_skipped), " skipped\n");
}

std::string files_lines(const RowFiles& files) {
    std::string text = joined("report     ", printable(files.report.string()), "\n");
    text += joined("attention  ", printable(files.attention.string()), " (",
                   counted(files.attention_rows, "row"), ")\n");
    if (files.label_contacts)
        text += joined("labels     ", printable(files.label_contacts->string()), "\n");
    if (files.page)
        text += joined("page       ", printable(files.page->string()), "\n");
    if (files.rows_without_cells > 0) {
        text += joined("note       ", counted(files.rows_without_cells, "row"),
                       " reported without the input's cells");
        if (files.input_trouble)
            text += joined(": ", printable(to_string(*files.input_trouble)));
        text += '\n';
    }
    return text;
}

std::string block(std::string_view title, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += joined(text.empty() ? joined("\n", padded_right(title, block_width))
                                    : std::string(block_width, ' '),
                       printable(line), "\n");
    return text;
}

}  // namespace

std::string summary_text(const Summary& summary, const std::optional<RowFiles>& files,
                         bool fail_on_skipped) {
    std::string text = headline(summary, fail_on_skipped) + table(summary) + "\n";
    if (files)
        text += contacts_line(summary, *files);
    text +=
        requests_line(summary) + quota_line(summary) + time_line(summary) + remaining_line(summary);
    if (files)
        text += files_lines(*files);
    const auto attention = files ? files->attention : std::filesystem::path("attention.csv");
    return text + block("mend", mending_hints(summary, fail_on_skipped)) +
           block("next", next_steps(summary, attention, fail_on_skipped));
}

}  // namespace seqload::report
