#pragma once

// What the state knows of a run besides its rows: how it began, what was
// planned, how it ended.

#include "seqload/base/clock.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/state/run_id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seqload::state {

// An input file as it was when it was read. What is not known yet when a run
// begins (everything but name and path, before the first pass) stays empty.
struct InputFile {
    std::string name;                            // as shown to people
    std::string path;                            // absolute, where the bytes are
    std::uint64_t bytes = 0;                     // as they lie on disk, packed or not
    std::string fingerprint{};                   // XXH3-128 of those bytes, 32 hex characters
    std::vector<std::uint64_t> block_digests{};  // XXH3-64 of each MiB of them
    std::uint64_t rows = 0;                      // data records
    std::int64_t modified_ns = 0;                // nanoseconds since 1970, as stat says
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    bool operator==(const InputFile&) const = default;
};

struct NewRun {
    RunId id;
    std::string command;  // "load", for one
    std::string api_url;
    std::string team;              // fingerprint of the key, never the key; may be empty
    std::string options_json;      // the options in force, as JSON text
    std::string output_directory;  // absolute
    WallTime started_at;
    std::vector<InputFile> inputs;
    std::optional<RunId> undoes{};  // the run that this one takes back
};

struct TargetPlan {
    std::uint64_t rows = 0;      // rows with a contact
    std::uint64_t labels = 0;    // rows with a label
    std::uint64_t requests = 0;  // the fewest that these can go out in

    bool operator==(const TargetPlan&) const = default;
};

struct Plan {
    const TargetTable& targets;
    std::vector<TargetPlan> per_target;  // one for each of targets, in their order
    // Of all inputs, rows that are not sent included; without the contacts of expanded labels.
    std::uint64_t rows = 0;
    std::uint64_t minimum_requests = 0;
    // As the first pass found them; they replace those of NewRun. Empty: those stand.
    std::vector<InputFile> inputs{};
    // The file that holds the contacts of the labels that were expanded.
    std::optional<InputFile> expanded_labels{};
};

// A plan as it is read back; targets have the indexes that they had.
struct RecordedPlan {
    TargetTable targets;
    std::vector<TargetPlan> per_target;
    std::uint64_t rows = 0;
    std::uint64_t minimum_requests = 0;
};

struct Ending {
    std::string stop_reason;  // as summary.json spells it
    int exit_code = 0;
    WallTime finished_at;
    std::string counters_json;  // requests, quota and bytes, as JSON text

    bool operator==(const Ending&) const = default;
};

// Requests over all of a run's lives, counted in the transactions in which they
// were recorded: also those of a process that was killed.
struct RequestTotals {
    std::uint64_t sent = 0;          // retries included
    std::uint64_t retried = 0;       // for what had been sent before
    std::uint64_t rate_limited = 0;  // answered 429

    bool operator==(const RequestTotals&) const = default;
};

struct RunRecord {
    RunId id;
    std::string command;
    std::string api_url;
    std::string team;
    std::string options_json;
    std::string output_directory;
    WallTime started_at;
    std::vector<InputFile> inputs;
    std::optional<std::uint64_t> planned_rows;      // nullopt: the plan was never finished
    std::optional<std::uint64_t> minimum_requests;  // likewise
    std::optional<Ending> ending;                   // nullopt: it runs, or it was killed
    std::optional<RunId> undoes{};                  // the run that this one takes back
    RequestTotals requests{};

    // Read behind the inputs: the contacts of the labels that were expanded; nullopt: none were.
    std::optional<InputFile> expanded_labels{};

    // The process that carries it out now; nullopt: none does. 0: it has only
    // just been taken up, and its process is not on record yet.
    std::optional<std::int64_t> process{};
};

}  // namespace seqload::state
