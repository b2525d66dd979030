#include "traffic_sections.hpp"

#include "html_text.hpp"
#include "page_charts.hpp"
#include "page_frame.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>

namespace seqload::report {

namespace {

std::string figure(std::string_view what, std::string_view value) {
    return joined("<div><dt>", what, "</dt><dd>", value, "</dd></div>");
}

std::string figures(std::initializer_list<std::string> shown) {
    std::string all = "<dl class=\"figures\">";
    for (const std::string& one : shown)
        all += one;
    return all + "</dl>\n";
}

std::string key_of(const Timeline& timeline) {
    std::uint64_t refused = 0;
    std::uint64_t unanswered = 0;
    for (const TimelineBucket& bucket : timeline.buckets()) {
        refused += bucket.refused;
        unanswered += bucket.unanswered;
    }
    std::string items = joined("<li>", html_swatch("bar"), "answered</li>");
    if (refused > 0)
        items += joined("<li>", html_swatch("failed"), "refused (", grouped(refused), ")</li>");
    if (unanswered > 0)
        items += joined("<li>", html_swatch("unconfirmed"), "without an answer (",
                        grouped(unanswered), ")</li>");
    if (timeline.idle().count() > 0)
        items += joined("<li>", html_swatch("idle"), "no request under way: waiting</li>");
    return joined("<ul class=\"key\">", items, "</ul>\n");
}

std::string lanes(const Traffic& traffic) {
    std::string text;
    for (const WindowUse& use : traffic.windows) {
        if (use.limit())
            text += window_lane(use, traffic.timeline);
        else
            text += joined("<p class=\"caption\"><span>Quota by the ", name(use.window()),
                           "</span><span class=\"muted\">not limited</span></p>\n");
    }
    return text;
}

// What the drawing leaves out, so that nobody counts bars and wonders.
std::string not_drawn(const Summary& summary, const Traffic& traffic) {
    std::string text;
    if (std::ranges::any_of(traffic.windows,
                            [](const WindowUse& use) { return use.limit().has_value(); }))
        text =
            "The windows are those of this run's own requests; what other tools of the team sent "
            "is not in them. ";
    if (const auto sent = summary.counters.requests.sent; sent > traffic.timeline.sent())
        text += joined("Of each batch its last try is drawn; earlier tries: ",
                       grouped(sent - traffic.timeline.sent()), ".");
    return text.empty() ? text : joined("<p class=\"muted small\">", text, "</p>\n");
}

}  // namespace

std::string requests_section(const PageNumbers& numbers) {
    const Summary& summary = numbers.summary;
    const Timeline& timeline = numbers.traffic.timeline;
    const RequestCounters& requests = summary.counters.requests;
    if (requests.sent == 0)
        return {};
    std::string content = figures({figure("sent", grouped(requests.sent)),
                                   figure("at the least", grouped(summary.minimum_requests)),
                                   figure("retried", grouped(requests.retried)),
                                   figure("rate limited", grouped(requests.rate_limited)),
                                   figure("waiting", describe(timeline.idle()))});
    if (timeline.sent() > 1)
        content += timeline_chart(timeline) + key_of(timeline) + lanes(numbers.traffic) +
                   not_drawn(summary, numbers.traffic);
    return html_section("Requests and quota", content);
}

std::string answers_section(const PageNumbers& numbers) {
    const Latencies& latencies = numbers.traffic.latencies;
    if (latencies.count() == 0)
        return {};
    std::string rows;
    for (const Latencies::Slow& slow : latencies.slowest()) {
        const state::SentBatch& sent = slow.sent;
        rows += html_row(
            {{describe(slow.took), {}, "number"},
             {html_time(sent.sent_at), {}, "word"},
             {std::to_string(sent.http_status.value_or(0)), "HTTP", "number"},
             {std::to_string(sent.attempts), "attempt", "number"},
             {sent.request_id.empty() ? std::string("<span class=\"muted\">none</span>")
                                      : joined("<code>", html_excerpt(sent.request_id), "</code>"),
              "request"}});
    }
    return html_section(
        "Answers",
        joined(figures({figure("median", describe(latencies.at(0.5))),
                        figure("90 % within", describe(latencies.at(0.9))),
                        figure("99 % within", describe(latencies.at(0.99))),
                        figure("slowest", describe(latencies.longest()))}),
               latencies.count() > 1 ? latency_chart(latencies) : "", "<h3>The slowest</h3>\n",
               html_table({{"Took", "number"},
                           {"Sent"},
                           {"HTTP", "number"},
                           {"Attempt", "number"},
                           {"Request id, for Apollo's support"}},
                          rows)));
}

}  // namespace seqload::report
