#include "seqload/report/undo_report.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/report/csv_writer.hpp"
#include "seqload/report/undo_page.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::report {

namespace {

constexpr std::size_t portion_size = 1 << 16U;

constexpr std::array columns{"row",    "contact_id",  "sequence_id", "status",     "reason",
                             "detail", "http_status", "attempts",    "request_id", "settled_at"};

void append(const state::Removal& removal, std::string_view mode, CsvWriter& csv) {
    csv.number(removal.row);
    csv.id(removal.contact);
    csv.id(removal.sequence);
    csv.plain(removal.status == state::RemovalStatus::removed ? done_word(mode)
                                                              : name(removal.status));
    csv.free_text(removal.reason);
    csv.free_text(removal.detail);
    if (removal.http_status) {
        csv.number(*removal.http_status);
    } else {
        csv.empty();
    }
    csv.number(removal.attempts);
    csv.free_text(removal.request_id);
    if (removal.settled_at) {
        csv.plain(to_text(*removal.settled_at));
    } else {
        csv.empty();
    }
    csv.end_row();
}

Result<void> write_rows(std::span<const state::Removal> removals, std::string_view mode,
                        const std::filesystem::path& path) {
    auto file = WholeFile::create(path);
    if (!file)
        return std::unexpected(std::move(file.error()));
    CsvWriter csv;
    for (const char* const column : columns)
        csv.name(column);
    csv.end_row();
    for (const state::Removal& removal : removals) {
        append(removal, mode, csv);
        if (csv.written().size() < portion_size)
            continue;
        if (auto written = file->write(csv.written()); !written)
            return written;
        csv.clear();
    }
    if (auto written = file->write(csv.written()); !written)
        return written;
    return file->commit();
}

}  // namespace

std::string_view done_word(std::string_view mode) {
    if (mode == "stop")
        return "stopped";
    return mode == "mark_as_finished" ? "marked_as_finished" : "removed";
}

std::vector<std::string> undo_next_steps(const UndoSummary& summary) {
    if (summary.not_attempted > 0)
        return {joined("seqload resume ", summary.run_id)};
    if (summary.failed > 0)
        return {joined("see why in the report, then: seqload undo ", summary.undoes)};
    return {};
}

UndoSummary summarize_undo(const state::RunRecord& run, std::string_view mode,
                           std::span<const state::Removal> removals) {
    UndoSummary summary;
    summary.run_id = run.id;
    summary.undoes = run.undoes.value_or("");
    summary.mode = mode;
    summary.started_at = run.started_at;
    summary.total = removals.size();
    for (const state::Removal& removal : removals) {
        switch (removal.status) {
            case state::RemovalStatus::waiting:
                ++summary.not_attempted;
                break;
            case state::RemovalStatus::removed:
                ++summary.removed;
                break;
            case state::RemovalStatus::not_in_sequence:
                ++summary.not_in_sequence;
                break;
            case state::RemovalStatus::failed:
                ++summary.failed;
                break;
        }
    }
    summary.requests = run.requests;
    summary.minimum_requests = run.minimum_requests.value_or(0);
    if (run.ending)
        fill_in(*run.ending, summary);
    return summary;
}

void fill_in(const state::Ending& ending, UndoSummary& summary) {
    summary.finished_at = ending.finished_at;
    summary.stop_reason = ending.stop_reason;
    summary.exit_code = ending.exit_code;
}

std::string to_json_text(const UndoSummary& summary) {
    nlohmann::ordered_json json;
    json["run_id"] = summary.run_id;
    json["command"] = "undo";
    json["undoes"] = summary.undoes;
    json["mode"] = summary.mode;
    json["started_at"] = to_text(summary.started_at);
    json["finished_at"] = summary.finished_at
                              ? nlohmann::ordered_json(to_text(*summary.finished_at))
                              : nlohmann::ordered_json();
    json["stop_reason"] = summary.stop_reason;
    json["exit_code"] =
        summary.exit_code ? nlohmann::ordered_json(*summary.exit_code) : nlohmann::ordered_json();
    json["contacts"] = {{"total", summary.total},
                        {"removed", summary.removed},
                        {"not_in_sequence", summary.not_in_sequence},
                        {"failed", summary.failed},
                        {"not_attempted", summary.not_attempted}};
    json["requests"] = {{"sent", summary.requests.sent},
                        {"retried", summary.requests.retried},
                        {"rate_limited", summary.requests.rate_limited},
                        {"minimum", summary.minimum_requests}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string undo_text(const UndoSummary& summary, const std::filesystem::path& directory) {
    std::string text = summary.stop_reason == "finished"
                           ? std::string("Finished: ")
                           : joined("Stopped (", printable(summary.stop_reason), "): ");
    text += joined(
        grouped(summary.removed), " of ", counted(summary.total, "contact"), " of run ",
        summary.undoes, " ",
        summary.mode == "mark_as_finished" ? "marked as finished" : done_word(summary.mode), ".\n");
    const std::array<std::pair<std::string_view, std::uint64_t>, 3> others{
        {{"not in the sequence any more", summary.not_in_sequence},
         {"failed", summary.failed},
         {"not attempted", summary.not_attempted}}};
    for (const auto& [what, count] : others) {
        if (count > 0)
            text += joined("  ", grouped(count), " ", what, "\n");
    }
    text += joined("\nrequests   ", grouped(summary.requests.sent), " sent (",
                   grouped(summary.minimum_requests), " at the least)");
    if (summary.finished_at)
        text += joined(", in ", describe(*summary.finished_at - summary.started_at));
    text += joined("\nreport     ", printable((directory / "report.csv").string()), "\n");
    text += joined("page       ", printable((directory / "report.html").string()), "\n");
    for (const std::string& step : undo_next_steps(summary))
        text += joined("\nnext       ", step, "\n");
    return text;
}

Result<void> write_undo_files(const UndoSummary& summary, std::span<const state::Removal> removals,
                              const std::filesystem::path& directory) {
    if (auto written = write_rows(removals, summary.mode, directory / "report.csv"); !written)
        return written;
    if (auto written =
            write_whole_file(directory / "report.html", undo_page_text(summary, removals));
        !written)
        return written;
    return write_whole_file(directory / "summary.json", to_json_text(summary));
}

}  // namespace seqload::report
