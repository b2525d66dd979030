#include "page_charts.hpp"

#include "html_text.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace seqload::report {

namespace {

constexpr std::uint64_t width = 10'000;  // of every drawing, in its own units
constexpr std::uint64_t height = 1'000;
constexpr std::uint64_t least_width = 30;  // of something that is there at all
constexpr std::size_t fewest_columns = 24;

std::string svg(std::string_view css_class, std::string_view id, std::string_view title,
                std::string_view description, std::string_view shapes) {
    return joined("<svg class=\"", css_class, "\" viewBox=\"0 0 ", std::to_string(width), " ",
                  std::to_string(height), "\" preserveAspectRatio=\"none\" role=\"img\"",
                  " aria-labelledby=\"", id, "-title ", id, "-text\"><title id=\"", id, "-title\">",
                  title, "</title><desc id=\"", id, "-text\">", description, "</desc>", shapes,
                  "</svg>\n");
}

std::string rectangle(std::string_view css_class, std::uint64_t x, std::uint64_t y,
                      std::uint64_t rectangle_width, std::uint64_t rectangle_height) {
    return joined("<rect class=\"", css_class, "\" x=\"", std::to_string(x), "\" y=\"",
                  std::to_string(y), "\" width=\"", std::to_string(rectangle_width), "\" height=\"",
                  std::to_string(rectangle_height), "\"/>");
}

// part of the whole, in units of a side; at least one unit if it is anything.
std::uint64_t scaled(std::uint64_t part, std::uint64_t whole, std::uint64_t side) {
    if (part == 0 || whole == 0)
        return 0;
    const double units =
        static_cast<double>(part) / static_cast<double>(whole) * static_cast<double>(side);
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(units), 1, side);
}

std::string bar_from_below(std::string_view css_class, std::uint64_t x, std::uint64_t bar_width,
                           std::uint64_t above, std::uint64_t bar_height) {
    return bar_height == 0
               ? std::string()
               : rectangle(css_class, x, height - above - bar_height, bar_width, bar_height);
}

std::size_t columns_of(const Timeline& timeline) {
    return std::max(fewest_columns, timeline.buckets().size());
}

// The span that the drawing covers: whole buckets, and not too few of them.
std::chrono::milliseconds length_of(const Timeline& timeline) {
    return timeline.width() * static_cast<std::int64_t>(columns_of(timeline));
}

std::string axis(const Timeline& timeline) {
    const auto length = length_of(timeline);
    return joined("<p class=\"axis\"><span>", html_time(timeline.begin()), "</span><span>",
                  html_time(timeline.begin() + length), "</span></p>\n");
}

// Stretches in which no request was under way for at least half of each bucket.
std::string idle_shapes(const Timeline& timeline) {
    const auto& buckets = timeline.buckets();
    const std::uint64_t columns = columns_of(timeline);
    std::string shapes;
    for (std::size_t i = 0; i < buckets.size();) {
        std::size_t end = i;
        while (end < buckets.size() && buckets[end].idle * 2 >= timeline.width())
            ++end;
        if (end > i)
            shapes += rectangle("idle", i * width / columns, 0,
                                end * width / columns - i * width / columns, height);
        i = std::max(end, i + 1);
    }
    return shapes;
}

std::string request_shapes(const Timeline& timeline, std::uint64_t most) {
    const std::uint64_t columns = columns_of(timeline);
    const std::uint64_t gap = columns > 120 ? 0 : width / columns / 6;
    std::string shapes;
    for (std::size_t i = 0; i < timeline.buckets().size(); ++i) {
        const TimelineBucket& bucket = timeline.buckets()[i];
        const std::uint64_t x = i * width / columns;
        const std::uint64_t bar_width = (i + 1) * width / columns - x - gap;
        std::uint64_t above = 0;
        for (const auto& [css_class, requests] :
             {std::pair{"bar", bucket.understood}, std::pair{"failed", bucket.refused},
              std::pair{"unconfirmed", bucket.unanswered}}) {
            const std::uint64_t bar_height = scaled(requests, most, height);
            shapes += bar_from_below(css_class, x, bar_width, above,
                                     std::min(bar_height, height - above));
            above = std::min(height, above + bar_height);
        }
    }
    return shapes;
}

}  // namespace

std::string stacked_bar(std::string_view id, std::string_view title, std::span<const Share> parts,
                        bool thin) {
    std::uint64_t whole = 0;
    for (const Share& part : parts)
        whole += part.count;
    if (whole == 0)
        return {};
    std::vector<std::uint64_t> widths;
    std::uint64_t together = 0;
    for (const Share& part : parts) {
        const std::uint64_t own = scaled(part.count, whole, width);
        widths.push_back(part.count == 0 ? 0 : std::max(least_width, own));
        together += widths.back();
    }
    std::string shapes;
    std::string description;
    std::uint64_t x = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].count == 0)
            continue;
        const std::uint64_t from = x * width / together;
        x += widths[i];
        shapes += rectangle(parts[i].css_class, from, 0, x * width / together - from, height);
        description +=
            joined(description.empty() ? "" : ", ", parts[i].label, " ", grouped(parts[i].count),
                   " (", percentage(parts[i].count, whole), ")");
    }
    return svg(thin ? "stack thin" : "stack", id, title, description, shapes);
}

std::string timeline_chart(const Timeline& timeline) {
    std::uint64_t most = 0;
    for (const TimelineBucket& bucket : timeline.buckets())
        most = std::max(most, bucket.sent());
    const std::string bucket = describe(timeline.width());
    std::string description =
        joined(counted(timeline.sent(), "request"), " in ",
               describe(timeline.end() - timeline.begin()), ", at most ", grouped(most), " within ",
               bucket, "; no request was under way for ", describe(timeline.idle()), " of it");
    return joined("<p class=\"caption\"><span>Requests, by the ", bucket,
                  " in which they left</span><span class=\"muted\">at most ", grouped(most),
                  "</span></p>\n",
                  svg("plot", "timeline", "Requests over time", description,
                      idle_shapes(timeline) + request_shapes(timeline, most)),
                  axis(timeline));
}

std::string window_lane(const WindowUse& use, const Timeline& timeline) {
    const std::string id = joined("window-", name(use.window()));
    const std::uint64_t limit = use.limit().value_or(0);
    const auto total = static_cast<std::uint64_t>(length_of(timeline).count());
    const auto place = [&](WallTime time) {
        const auto since = std::max(std::chrono::milliseconds(0), time - timeline.begin());
        return scaled(std::min(static_cast<std::uint64_t>(since.count()), total), total, width);
    };
    std::string shapes;
    for (const WindowSpan& span : use.spans()) {
        const std::uint64_t from = place(span.from);
        const std::uint64_t span_width =
            std::max(least_width, place(span.to) - std::min(from, place(span.to)));
        // A gap tells one window from the next.
        const std::uint64_t drawn = span_width - std::min(span_width / 4, least_width / 2);
        shapes += rectangle("window", from, 0, drawn, height);
        shapes += bar_from_below(span.used >= limit ? "skipped" : "bar", from, drawn, 0,
                                 scaled(std::min(span.used, limit), limit, height));
    }
    const std::string text =
        joined(counted(use.windows(), "window"), " opened, ", grouped(use.used_up()),
               " used up; the fullest took ", grouped(use.fullest()), " of ", grouped(limit));
    return joined("<p class=\"caption\"><span>Quota by the ", name(use.window()),
                  "</span><span class=\"muted\">", text, "</span></p>\n",
                  svg("lane", id, joined("Windows of a ", name(use.window())), text, shapes));
}

std::string latency_chart(const Latencies& latencies) {
    const auto bins = latencies.histogram();
    std::uint64_t most = 0;
    for (const Latencies::Bin& bin : bins)
        most = std::max(most, bin.answers);
    const std::uint64_t columns = std::max<std::uint64_t>(6, bins.size());
    std::string shapes;
    std::string description;
    std::string labels;
    for (std::size_t i = 0; i < columns; ++i) {
        if (i >= bins.size()) {
            labels += "<li></li>";
            continue;
        }
        const std::uint64_t column = width / columns;
        shapes += bar_from_below("bar", i * width / columns + column / 8, column * 3 / 4, 0,
                                 scaled(bins[i].answers, most, height));
        const std::string up_to = describe(bins[i].up_to);
        labels += joined("<li>", up_to, "</li>");
        if (bins[i].answers > 0)
            description += joined(description.empty() ? "" : ", ", grouped(bins[i].answers),
                                  " within ", up_to);
    }
    return joined(
        "<p class=\"caption\"><span>Answers, by how long they took at "
        "most</span><span class=\"muted\">at most ",
        grouped(most), "</span></p>\n",
        svg("plot", "latency", "How long answers took", description, shapes), "<ul class=\"bins\">",
        labels, "</ul>\n");
}

}  // namespace seqload::report
