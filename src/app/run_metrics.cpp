#include "seqload/app/run_metrics.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/say.hpp"
#include "seqload/report/metrics.hpp"

#include <utility>

namespace seqload::app {

RunMetrics::RunMetrics(std::string file, WallTime started_at)
    : file_(std::move(file)), started_at_(started_at) {}

void RunMetrics::take(const report::Summary& summary) {
    if (!file_.empty())
        summary_ = summary;
}

int RunMetrics::write(int exit_code) const {
    if (file_.empty())
        return exit_code;
    const auto written = report::write_metrics({.exit_code = exit_code,
                                                .started_at = started_at_,
                                                .finished_at = SystemClock().wall(),
                                                .summary = summary_ ? &*summary_ : nullptr},
                                               file_, SEQLOAD_VERSION);
    if (written)
        return exit_code;
    complain(written.error());
    return report::is_success(exit_code) ? exit_code::local_fault : exit_code;
}

}  // namespace seqload::app
