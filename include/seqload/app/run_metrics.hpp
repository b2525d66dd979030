#pragma once

// The metrics that a command leaves behind (--metrics), however it ends: whoever is
// woken at night wants to know of a run that did not even begin.

#include "seqload/base/clock.hpp"
#include "seqload/report/summary.hpp"

#include <optional>
#include <string>

namespace seqload::app {

class RunMetrics {
public:
    // file: empty for none; then nothing is ever written.
    RunMetrics(std::string file, WallTime started_at);

    // What the run came to. Without it only that it ended, and how, is told.
    void take(const report::Summary& summary);

    // Last of all, with the code that the command is about to end with. Returns that,
    // or, if the file cannot be written, says so and returns local_fault in place of a
    // code that would pass for good.
    int write(int exit_code) const;

private:
    std::string file_;
    WallTime started_at_;
    std::optional<report::Summary> summary_;
};

}  // namespace seqload::app
