#pragma once

// A run as metrics, in Prometheus's text format, for node_exporter's textfile
// collector (spec.md, "Reports"). Names and units after Prometheus's conventions
// (prometheus.io/docs/practices/naming). Every sample carries the label `name`,
// the file's own name without its ending: several nightly loads, each with a
// file of its own, then never give the same sample twice.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/report/summary.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::report {

// How a command ended that was to leave metrics behind.
struct MetricsFacts {
    int exit_code = 0;
    WallTime started_at{};
    WallTime finished_at{};
    // nullptr: it ended before there was anything to sum up, and only the facts
    // above are told.
    const Summary* summary = nullptr;
    // When a run that was told of by the same file last ended well.
    std::optional<double> last_success{};
};

// Whether the run went through: code 0, or 1, some rows need a person.
bool is_success(int exit_code);

// The text. version: the program's. Pure.
std::string metrics_text(const MetricsFacts& facts, std::string_view name,
                         std::string_view version);

// The last success that such a text tells of, in seconds since 1970; nullopt: none.
std::optional<double> last_success_in(std::string_view metrics);

// Writes it whole, with the last success of the file that was there, unless this
// run is one itself. A file that cannot be read counts as none. Error: local_fault.
Result<void> write_metrics(MetricsFacts facts, const std::filesystem::path& destination,
                           std::string_view version);

}  // namespace seqload::report
