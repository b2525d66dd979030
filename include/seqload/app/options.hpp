#pragma once

// What the commands are told, as plain values: each field states its default,
// its unit and its effect. Only command_line.cpp knows how they are spelled.

#include "seqload/apollo/removal.hpp"
#include "seqload/apollo/request_size.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/dispatch/brake.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

// How the input is read and cut into requests: `plan` and `load` share these.
struct PlanOptions {
    std::vector<std::string> files;     // "-" is standard input
    std::vector<std::string> excludes;  // CSV files of contact ids that are never to be added
    input::ReadOptions read;

    std::uint32_t batch_size = 100;        // contacts per request at most
    std::uint32_t labels_per_request = 1;  // more save requests and lose per-row counts
    apollo::ParametersForm form = apollo::ParametersForm::query;
    std::uint32_t canary = 0;  // rows of each target that are tried first; 0: none

    QuotaLimits limits = basic_plan;  // for the forecast: what the reserve leaves
    std::string save;                 // where the plan is kept to be approved; empty: nowhere
    bool json = false;                // standard output carries JSON
    bool quiet = false;               // nothing but errors on standard error
};

// How to reach the API, and how patiently. None of it shapes a request, so a
// later command may give any of it anew (PaceOptions).
struct ConnectionOptions {
    std::string api_key_file;  // empty: the key comes from the environment
    std::string ca_file;       // trusted besides the system's authorities
    unsigned connections = 4;
    std::chrono::milliseconds timeout = std::chrono::seconds(60);  // per step, real time
    std::uint32_t attempts = 5;                                    // per batch
    Duration give_up_after = std::chrono::minutes(5);              // virtual
    double time_scale = 1;            // how many virtual seconds pass in a real one; loopback only
    QuotaLimits limits = basic_plan;  // to start with; answers correct them
    double reserve = 0;               // share (0 to 1) of each window left to other tools

    // By Window: which of the limits a person has set. The others are those that
    // Apollo last told, if it did (learn_limits).
    std::array<bool, windows.size()> limits_given{};

    // Of this start of the program alone, so never on record.
    std::optional<Duration> deadline;  // virtual, from the start: nothing is sent after it
    std::optional<Duration> max_wait;  // virtual: a longer wait for the quota stops the run
};

// What was given of it on this command line or in the environment.
struct PaceOptions {
    static constexpr std::uint32_t unlimited = 0;

    std::optional<std::string> api_key_file;
    std::optional<std::string> ca_file;
    std::optional<unsigned> connections;
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::uint32_t> attempts;
    std::optional<Duration> give_up_after;
    std::optional<double> time_scale;
    std::array<std::optional<std::uint32_t>, windows.size()> limits{};  // by Window; or unlimited
    std::optional<double> reserve;
    std::optional<Duration> deadline;
    std::optional<Duration> max_wait;
};

void apply(const PaceOptions& given, ConnectionOptions& connection);

// Files that a run leaves behind for other programs; empty: none.
struct OutputFiles {
    std::string junit;    // a test report, JUnit's XML
    std::string metrics;  // Prometheus's text format
};

struct LoadOptions {
    PlanOptions plan;
    ConnectionOptions connection;
    std::string api_url = "https://api.apollo.io";

    std::string plan_file;                       // an approved plan (saved_plan.hpp); empty: none
    std::string approved{};                      // that plan's digest of its rows
    bool yes = false;                            // do not ask
    bool check = true;                           // ask Apollo first whether the plan would work
    Duration check_age = std::chrono::hours(1);  // what it has said since then is believed
    bool allow_partial = false;  // what would not work is failed unsent, and the rest is sent
    std::optional<std::uint64_t> max_contacts;  // a larger plan is refused
    dispatch::Brake::Limits brake;              // what a run puts up with
    bool expand_labels = false;    // read whom labels reach, and send these as contacts
    bool skip_added = false;       // leave out contacts that the state knows to be in the sequence
    std::string output_directory;  // empty: seqload-out/RUN
    std::string state_file;        // empty: where the environment puts it (locations.hpp)

    bool passthrough = true;        // the input's other columns go into report.csv
    bool spreadsheet_safe = false;  // defuse what a spreadsheet would run
    bool fail_on_skipped = false;   // skipped rows need a person, too
    OutputFiles outputs;
};

struct CheckOptions {
    PlanOptions plan;  // no files: only the key and the quota
    ConnectionOptions connection;
    std::string api_url = "https://api.apollo.io";
    std::string state_file;  // empty: where the environment puts it
};

// What the commands about a run that is on record have in common.
struct RunOptions {
    std::string run;         // empty: the latest
    std::string state_file;  // empty: where the environment puts it
    bool json = false;
    bool quiet = false;
};

struct ResumeOptions {
    RunOptions run;
    PaceOptions pace;
    bool yes = false;     // for a run that ended before its question was answered
    bool canary = true;   // false: what is left goes out untried, whatever the run was begun with
    OutputFiles outputs;  // in place of the run's own, where given
};

struct UndoOptions {
    RunOptions run;  // the run that is taken back; must be given
    PaceOptions pace;
    apollo::RemovalMode mode = apollo::RemovalMode::remove;
    bool include_answer_lost = false;  // those, too, whom perhaps not this run has added
    bool yes = false;
    std::string output_directory;  // empty: seqload-out/RUN
};

struct VerifyOptions {
    RunOptions run;
    PaceOptions pace;
    bool all = false;  // every added contact, too
};

struct ReportCommandOptions {
    RunOptions run;                // the run must be given
    std::string output_directory;  // empty: where the run's own reports are
    std::string junit;             // a test report as well; empty: none
};

struct ExplainOptions {
    std::string word;  // empty: all of them
    bool json = false;
};

struct RunsOptions {
    std::string state_file;
    bool json = false;
    std::optional<Duration> prune;  // forget runs that began longer ago; the ledger stays
};

}  // namespace seqload::app
