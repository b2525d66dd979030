#pragma once

// What a run says while it goes: a line now and then on standard error, and one
// for each thing that a person would want to know of.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/listener.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace seqload::app {

class RunLog final : public dispatch::Listener {
public:
    // rows: how many there are to settle. The clock must outlive this object.
    RunLog(const Clock& clock, std::uint64_t rows, std::uint64_t requests, bool quiet);

    void request_sent(const dispatch::Job& job) override;
    void rows_settled(std::span<const Outcome> outcomes) override;
    void will_retry(const dispatch::Job& job, std::string_view trouble, Duration after) override;
    void batch_halved(const dispatch::Job& job, std::string_view trouble) override;
    void target_refused(TargetIndex target, std::string_view reason,
                        std::string_view message) override;
    void knows_nobody() override;
    void waiting_for_quota(Window window, Duration virtual_time_left) override;

private:
    void progress(bool now);

    const Clock& clock_;
    std::uint64_t rows_;
    std::uint64_t requests_;
    bool quiet_;
    std::uint64_t settled_ = 0;
    std::uint64_t sent_ = 0;
    WallTime last_line_;
    std::optional<SteadyTime> waiting_until_;  // what was said of waiting last
};

}  // namespace seqload::app
