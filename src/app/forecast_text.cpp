#include "seqload/app/forecast_text.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;
using WindowLine = std::array<std::string, 4>;

// The open window that still counts.
std::optional<plan::OpenWindow> open_in(const plan::WindowStanding& standing) {
    const auto& open = standing.open;
    return open && open->ends_in > Duration(0) ? open : std::nullopt;
}

std::uint64_t left_in(const plan::WindowStanding& standing) {
    const auto open = open_in(standing);
    return open ? std::min<std::uint64_t>(open->left, *standing.limit) : *standing.limit;
}

bool is_used(const plan::WindowStanding& standing) {
    return standing.limit && left_in(standing) < *standing.limit;
}

// "200 a minute, 400 an hour, 2,000 a day".
std::string limits_text(const plan::QuotaStanding& standing) {
    std::string text;
    for (const Window window : windows) {
        if (standing[window].limit)
            text += joined(text.empty() ? "" : ", ", grouped(*standing[window].limit),
                           window == Window::hour ? " an " : " a ", name(window));
    }
    return text;
}

WindowLine line_of(Window window, const plan::Forecast& forecast,
                   const plan::WindowStanding& standing, const WallView& view) {
    std::string left = grouped(left_in(standing));
    if (const auto open = open_in(standing))
        left += joined(" until ", local_time_text(view.after(open->ends_in), view.now));
    const Duration alone = forecast.alone(window);
    return {std::string(name(window)), grouped(*standing.limit), std::move(left),
            alone == Duration(0) ? "at once" : local_time_text(view.after(alone), view.now)};
}

std::string table(const std::vector<WindowLine>& lines) {
    WindowLine widths;
    std::array<std::size_t, widths.size()> width{};
    for (const WindowLine& line : lines) {
        for (std::size_t column = 0; column < line.size(); ++column)
            width[column] = std::max(width[column], line[column].size());
    }
    std::string text;
    for (const WindowLine& line : lines) {
        const auto& [window, limit, left, alone] = line;
        text += joined("  ", window, std::string(width[0] - window.size(), ' '), "  ",
                       std::string(width[1] - limit.size(), ' '), limit, "  ", left,
                       std::string(width[2] - left.size(), ' '), "  ", alone, "\n");
    }
    return text;
}

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

// "; the hour's quota is used up until 18:30".
std::string full_until(const plan::Forecast::Stop& stop, const WallView& view) {
    return joined("the ", name(*stop.window), "'s quota is used up until ",
                  local_time_text(view.after(stop.wait), view.now));
}

}  // namespace

std::string duration_text(Duration duration, const WallView& view) {
    if (duration >= plan::longest_forecast)
        return "more than 100 years";
    return joined("about ", describe(duration), ", until ",
                  local_time_text(view.after(duration), view.now));
}

std::string forecast_text(const plan::Forecast& forecast, const plan::QuotaStanding& standing,
                          const WallView& view) {
    const bool waits = forecast.duration > Duration(0);
    std::string text = counted(forecast.requests, "request");
    if (waits)
        text += joined(", ", duration_text(forecast.duration, view), "\n");
    else
        text += ", no waiting for the quota";
    const bool any_used = std::ranges::any_of(standing.per_window, is_used);
    if (forecast.requests == 0 || (!waits && !any_used)) {
        const std::string limits = limits_text(standing);
        return text + (waits || limits.empty() ? "\n" : joined(" (", limits, ")\n"));
    }
    if (!waits)
        text += '\n';
    std::vector<WindowLine> lines{{"window", "limit", "left now", "done if alone"}};
    for (const Window window : windows) {
        if (standing[window].limit)
            lines.push_back(line_of(window, forecast, standing[window], view));
    }
    return lines.size() > 1 ? text + table(lines) : text;
}

std::string stop_text(const plan::Forecast& forecast, const plan::Bounds& bounds,
                      std::uint64_t rows, const WallView& view) {
    if (!forecast.stop)
        return {};
    const plan::Forecast::Stop& stop = *forecast.stop;
    const std::string fits =
        joined(grouped(stop.requests), " of ", counted(forecast.requests, "request"), " (about ",
               counted(rows, "row"), ")");
    if (stop.is_late) {
        const std::string deadline =
            joined("the deadline, ", local_time_text(view.after(*bounds.deadline), view.now));
        if (stop.requests == 0 && stop.window)
            return joined("note: nothing can be sent before ", deadline, ": ",
                          full_until(stop, view), "\n");
        return joined("note: ", deadline, ", comes first: ", fits, " leave before it\n");
    }
    return joined("note: the run will stop after ", fits, ": the ", name(*stop.window),
                  "'s quota then makes it wait ", describe(stop.wait), ", and --max-wait allows ",
                  describe(*bounds.longest_wait), "\n");
}

Json forecast_json(const plan::Forecast& forecast, const plan::QuotaStanding& standing) {
    Json json;
    json["requests"] = forecast.requests;
    json["duration_seconds"] = seconds(forecast.duration);
    json["bound_by"] = forecast.bound_by ? Json(name(*forecast.bound_by)) : Json(nullptr);
    for (const Window window : windows) {
        const plan::WindowStanding& stands = standing[window];
        const auto open = open_in(stands);
        Json& of_window = json["windows"][std::string(name(window))];
        of_window["limit"] = stands.limit ? Json(*stands.limit) : Json(nullptr);
        of_window["left"] = stands.limit ? Json(left_in(stands)) : Json(nullptr);
        of_window["ends_in_seconds"] = open ? Json(seconds(open->ends_in)) : Json(nullptr);
        of_window["opened"] = forecast.opened(window);
        of_window["alone_seconds"] = seconds(forecast.alone(window));
    }
    return json;
}

}  // namespace seqload::app
