#include "seqload/report/latencies.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace seqload::report {

void Latencies::see(const state::SentBatch& sent) {
    if (!sent.http_status || state::is_open(sent.state))
        return;
    const Time took = std::max(Time(0), sent.changed_at - sent.sent_at);
    ++by_time_[took];
    ++count_;
    const auto place =
        std::ranges::upper_bound(slowest_, took, std::ranges::greater(), &Slow::took);
    if (place == slowest_.end() && slowest_.size() == most_slowest)
        return;
    slowest_.insert(place, {took, sent});
    if (slowest_.size() > most_slowest)
        slowest_.pop_back();
}

Latencies::Time Latencies::at(double share) const {
    const auto wanted = static_cast<std::uint64_t>(
        std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (const auto& [time, answers] : by_time_) {
        seen += answers;
        if (seen >= wanted)
            return time;
    }
    return Time(0);
}

std::vector<Latencies::Bin> Latencies::histogram() const {
    constexpr std::array<std::int64_t, 6> fine{10, 15, 20, 30, 50, 70};
    constexpr std::array<std::int64_t, 3> coarse{10, 20, 50};
    auto bins = binned(fine);
    return bins.size() <= most_bins ? bins : binned(coarse);
}

// edges: of the first decade, in milliseconds; they go on by tens.
std::vector<Latencies::Bin> Latencies::binned(std::span<const std::int64_t> edges) const {
    std::vector<Bin> bins;
    std::int64_t decade = 1;
    std::size_t step = 0;
    Time edge(edges.front());
    for (const auto& [time, answers] : by_time_) {
        while (time > edge) {
            if (!bins.empty() && bins.back().up_to != edge)
                bins.push_back({edge, 0});  // nothing was so fast, but something was faster
            if (++step % edges.size() == 0)
                decade *= 10;
            edge = Time(decade * edges[step % edges.size()]);
        }
        if (bins.empty() || bins.back().up_to != edge)
            bins.push_back({edge, 0});
        bins.back().answers += answers;
    }
    return bins;
}

}  // namespace seqload::report
