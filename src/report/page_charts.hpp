#pragma once

// What report.html draws, as inline SVG that says in words what it shows. Pure.
//
// The drawings have no text in them, so they can be stretched to any width; what stands
// beside them is HTML. Each has a title and a description, under an id of its own.

#include "seqload/base/clock.hpp"
#include "seqload/report/latencies.hpp"
#include "seqload/report/timeline.hpp"
#include "seqload/report/window_use.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace seqload::report {

// A part of a whole, drawn in the colour of its class in the style.
struct Share {
    std::string_view css_class;
    std::string_view label;
    std::uint64_t count = 0;
};

// One bar, as long for any whole. Parts of nothing are left out, the smallest can be
// seen. id: unique in the page. Nothing if the whole is nothing.
std::string stacked_bar(std::string_view id, std::string_view title, std::span<const Share> parts,
                        bool thin = false);

// Requests by the time at which they left, and behind them when none was under way;
// with its axis.
std::string timeline_chart(const Timeline& timeline);

// How full each window was, on the same axis as the timeline.
std::string window_lane(const WindowUse& use, const Timeline& timeline);

// Answers by how long they took; with its axis.
std::string latency_chart(const Latencies& latencies);

}  // namespace seqload::report
