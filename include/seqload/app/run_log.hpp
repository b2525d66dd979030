#pragma once

// What a run says while it goes: a line now and then on standard error, and one
// for each thing that a person would want to know of.

#include "seqload/app/log_line.hpp"
#include "seqload/app/progress_text.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/dispatch/listener.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/counts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::app {

class RunLog final : public dispatch::Listener {
public:
    // What the run has to do; clock, gate and targets must outlive this object.
    struct Parts {
        const Clock& clock;
        quota::Gate& gate;
        const TargetTable& targets;
        std::uint64_t rows = 0;
        std::uint64_t requests = 0;  // that carry them, at the least
        unsigned connections = 4;
        bool quiet = false;
        bool live = false;  // a block says how it goes (live_block.hpp), and no line does
    };

    explicit RunLog(const Parts& parts);

    void request_sent(const dispatch::Job& job) override;
    void request_ended(const dispatch::Job& job, const dispatch::TryResult& result,
                       Duration took) override;
    void rows_settled(const dispatch::Job& job, const state::StatusCounts& rows,
                      std::string_view request_id) override;
    void will_retry(const dispatch::Job& job, const dispatch::TryResult& result,
                    Duration after) override;
    void batch_halved(const dispatch::Job& job, const dispatch::TryResult& result) override;
    void target_refused(const dispatch::Job& job, const dispatch::TryResult& result) override;
    void knows_nobody() override;
    void waiting(const dispatch::Wait& wait) override;

    // How far the run is now.
    Progress progress() const;

    // That have not settled their rows yet.
    std::uint64_t requests_left() const;

private:
    void tell_of(const dispatch::Job& job, LogLevel level, std::string message,
                 std::string_view request_id) const;
    bool is_said(const dispatch::Wait& wait, SteadyTime until) const;
    void say_progress(bool at_once);
    Duration to_go(const quota::Gate::Snapshot& quota, SteadyTime now) const;

    Parts parts_;
    std::uint64_t requests_left_;
    state::StatusCounts settled_;
    std::uint64_t sent_ = 0;
    std::uint64_t under_way_ = 0;
    std::optional<Duration> latency_;  // of an answer, smoothed
    WallTime last_line_;

    struct WaitingFor {
        dispatch::Wait wait;
        SteadyTime until;
    };
    std::optional<WaitingFor> waiting_for_;  // nullopt: a request has left since
    std::optional<WaitingFor> said_;         // the last that there was a line for
    bool outage_told_ = false;               // since the last rows were settled
};

}  // namespace seqload::app
