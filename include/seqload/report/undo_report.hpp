#pragma once

// What became of an undo: report.csv with a line for each contact, summary.json,
// report.html, and the text for a person. Made from what the state has on record.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/removal.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

struct UndoSummary {
    std::string run_id;
    std::string undoes;  // the run that was taken back
    std::string mode;    // how: remove, stop, mark_as_finished
    WallTime started_at{};
    std::optional<WallTime> finished_at;
    std::string stop_reason;
    std::optional<int> exit_code;

    std::uint64_t total = 0;    // contacts
    std::uint64_t removed = 0;  // or stopped, or marked as finished
    std::uint64_t not_in_sequence = 0;
    std::uint64_t failed = 0;
    std::uint64_t not_attempted = 0;

    state::RequestTotals requests;
    std::uint64_t minimum_requests = 0;

    bool operator==(const UndoSummary&) const = default;
};

UndoSummary summarize_undo(const state::RunRecord& run, std::string_view mode,
                           std::span<const state::Removal> removals);

// The ending, where it is not on record yet.
void fill_in(const state::Ending& ending, UndoSummary& summary);

// run_id, command, undoes, mode, started_at, finished_at, stop_reason, exit_code,
// contacts{total,removed,not_in_sequence,failed,not_attempted},
// requests{sent,retried,rate_limited,minimum}.
std::string to_json_text(const UndoSummary& summary);

// What was done to whom Apollo named, by the mode: who is only stopped is not removed.
std::string_view done_word(std::string_view mode);

// As next_steps of a load.
std::vector<std::string> undo_next_steps(const UndoSummary& summary);

std::string undo_text(const UndoSummary& summary, const std::filesystem::path& directory);

// report.csv (row, contact_id, sequence_id, status, reason, detail, http_status,
// attempts, request_id, settled_at; row is the row of the run taken back, and what
// was done is called by its mode: removed, stopped, marked_as_finished) and
// summary.json and report.html, each written whole and then renamed. Error: local_fault.
Result<void> write_undo_files(const UndoSummary& summary, std::span<const state::Removal> removals,
                              const std::filesystem::path& directory);

}  // namespace seqload::report
