#pragma once

// What an undo or a verification says while it goes: a line now and then on
// standard error.

#include "seqload/app/status_block.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/dispatch/errand_listener.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace seqload::app {

class ErrandLog final : public dispatch::ErrandListener {
public:
    // What is counted, and what happens to it: "12 of 30 contacts settled".
    struct Words {
        std::string_view item = "contact";
        std::string_view done = "settled";
    };

    // items: how many there are to settle; 0: they are not counted, and only waiting is told.
    // The clock and the words must outlive this object.
    // live: a block says how it goes (live_block.hpp), and no line does.
    ErrandLog(const Clock& clock, std::uint64_t items, bool quiet, bool live, Words words);

    void request_sent(const dispatch::Errand& errand) override;
    void request_ended(const dispatch::Errand& errand, const dispatch::TryResult& result) override;
    void settled(std::uint64_t items) override;
    void will_retry(const dispatch::Errand& errand, const dispatch::TryResult& result,
                    Duration after) override;
    void waiting_for_quota(Window window, Duration virtual_time_left) override;

    // How far they are now.
    ErrandProgress progress() const;

private:
    const Clock& clock_;
    std::uint64_t items_;
    bool quiet_;
    bool live_;
    Words words_;
    std::uint64_t settled_ = 0;
    std::uint64_t sent_ = 0;
    WallTime last_line_;

    struct WaitingFor {
        Window window;
        SteadyTime until;
    };
    std::optional<WaitingFor> waiting_for_;
};

}  // namespace seqload::app
