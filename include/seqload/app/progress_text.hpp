#pragma once

// How far a run is, as a value and in words. Pure; who gathers the value: run_log.hpp.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/wait.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/state/counts.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace seqload::app {

struct Progress {
    std::uint64_t rows = 0;       // that this process has to settle
    state::StatusCounts settled;  // of these
    std::uint64_t requests_sent = 0;
    std::uint64_t requests_left = 0;  // those under way included; halving makes more of them

    struct WindowLeft {
        std::uint32_t limit = 0;        // ours of it
        std::uint32_t left = 0;         // likewise
        std::optional<WallTime> until;  // at the latest; nullopt: it is not open

        bool operator==(const WindowLeft&) const = default;
    };
    std::array<std::optional<WindowLeft>, windows.size()> quota{};  // nullopt: unlimited

    struct Waiting {
        dispatch::Wait wait;  // as it was told
        WallTime until;

        bool operator==(const Waiting&) const = default;
    };
    std::optional<Waiting> waiting;  // nullopt: it is sending

    Duration to_go{};  // virtual, as far as quota and latency tell

    bool operator==(const Progress&) const = default;
};

// One line, without a line feed: rows by what became of them, requests, what is left of
// the quota, and how long it will take.
std::string progress_text(const Progress& progress, const WallView& view);

// What is waited for, and until when; and when all will be done.
std::string waiting_text(const Progress::Waiting& waiting, const Progress& progress,
                         const WallView& view);

}  // namespace seqload::app
