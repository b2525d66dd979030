#pragma once

// What the commands are told, as plain values: each field states its default,
// its unit and its effect. Only command_line.cpp knows how they are spelled.

#include "seqload/apollo/request_size.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/model/quota_limits.hpp"

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

    QuotaLimits limits = basic_plan;  // to start with; answers correct them
    bool json = false;                // standard output carries JSON
    bool quiet = false;               // nothing but errors on standard error
};

struct LoadOptions {
    PlanOptions plan;

    bool yes = false;              // do not ask
    std::string output_directory;  // empty: seqload-out/RUN
    std::string state_file;        // empty: where the environment puts it (locations.hpp)

    std::string api_url = "https://api.apollo.io";
    std::string api_key_file;  // empty: the key comes from the environment
    std::string ca_file;       // trusted besides the system's authorities
    unsigned connections = 4;
    std::chrono::milliseconds timeout = std::chrono::seconds(60);  // per step, real time
    std::uint32_t attempts = 5;                                    // per batch
    Duration give_up_after = std::chrono::minutes(5);              // virtual
    double time_scale = 1;  // how many virtual seconds pass in a real one; loopback only

    bool passthrough = true;        // the input's other columns go into report.csv
    bool spreadsheet_safe = false;  // defuse what a spreadsheet would run
    bool fail_on_skipped = false;   // skipped rows need a person, too
};

// The options that shape a run, as JSON text for the state: what a later
// command needs to read the input in the same way. Holds no secret.
std::string to_json_text(const LoadOptions& options);

}  // namespace seqload::app
