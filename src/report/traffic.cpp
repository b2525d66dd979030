#include "seqload/report/traffic.hpp"

#include <utility>

namespace seqload::report {

Result<Traffic> read_traffic(const NextSentBatch& next, const QuotaLimits& limits,
                             double time_scale) {
    Traffic traffic;
    for (const Window window : windows)
        traffic.windows.emplace_back(window, limits[window], time_scale);
    for (;;) {
        const auto sent = next();
        if (!sent)
            return std::unexpected(sent.error());
        if (!*sent)
            return traffic;
        traffic.timeline.see(**sent);
        traffic.latencies.see(**sent);
        for (WindowUse& window : traffic.windows)
            window.see((*sent)->sent_at);
    }
}

}  // namespace seqload::report
