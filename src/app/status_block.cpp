#include "seqload/app/status_block.hpp"

#include "paragraph.hpp"
#include "seqload/app/colours.hpp"
#include "seqload/app/columns.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"
#include "seqload/plan/forecast.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

// Where there is less room, words that one can do without are left out.
constexpr std::size_t roomy = 60;
constexpr std::size_t label_width = 12;

struct Span {
    std::string text;
    Colour colour = Colour::none;
};

// The lines as they grow; each is cut when it comes in.
class Lines {
public:
    explicit Lines(const BlockShape& shape)
        : shape_(shape), room_(shape.columns > 1 ? shape.columns - 1 : 1) {}

    bool is_roomy() const { return shape_.columns >= roomy; }

    void add(std::string_view label, const std::vector<Span>& spans) {
        std::string line =
            is_roomy() ? padded(label, label_width) : joined(label, label.empty() ? "" : " ");
        std::size_t left = room_ - std::min(room_, columns_of(line));
        line = cut(line, room_);
        for (const Span& span : spans) {
            const std::string text = cut(span.text, left);
            line += shape_.colours ? painted(text, span.colour) : text;
            left -= columns_of(text);
            if (text != span.text)
                break;
        }
        lines_.push_back(std::move(line));
    }

    // The last ones are what one can do without, if there is no room for all.
    std::vector<std::string> taken() {
        const std::size_t most = std::max<std::size_t>(shape_.rows, 2) - 1;
        if (lines_.size() > most)
            lines_.resize(most);
        return std::move(lines_);
    }

private:
    BlockShape shape_;
    std::size_t room_;
    std::vector<std::string> lines_;
};

// Whole ones, or a block would change with every look at it.
std::string seconds_text(Duration duration) {
    const auto whole = std::chrono::ceil<std::chrono::seconds>(std::max(duration, Duration(0)));
    return whole < 10s ? joined(std::to_string(whole.count()), " s") : describe(whole);
}

Duration left_until(WallTime until, const WallView& view) {
    const auto real = std::chrono::duration<double, std::nano>(until - view.now);
    return std::chrono::duration_cast<Duration>(real * view.scale);
}

// "until 16:28 (58 min)".
std::string until_text(WallTime until, const WallView& view) {
    return joined("until ", local_time_text(until, view.now), " (",
                  seconds_text(left_until(until, view)), ")");
}

// "[#####-----]".
std::vector<Span> bar(std::uint64_t done, std::uint64_t all) {
    constexpr std::uint64_t width = 20;
    const std::uint64_t filled = all == 0
                                     ? width
                                     : static_cast<std::uint64_t>(static_cast<double>(done) /
                                                                  static_cast<double>(all) * width);
    return {{"  ["},
            {std::string(std::min(filled, width), '#'), Colour::green},
            {std::string(width - std::min(filled, width), '-')},
            {"]"}};
}

void add_done(Lines& lines, std::string_view label, std::uint64_t done, std::uint64_t all,
              std::string_view what) {
    const auto percent =
        all == 0
            ? 100U
            : static_cast<unsigned>(static_cast<double>(done) / static_cast<double>(all) * 100);
    const std::string share = joined(std::to_string(std::min(percent, 100U)), "%");
    const std::string count = joined(grouped(done), " of ", grouped(all));
    if (!lines.is_roomy()) {
        lines.add(label, {{joined(share, ", ", count)}});
        return;
    }
    std::vector<Span> spans{{joined(count, " ", what, ", ", share)}};
    std::ranges::move(bar(done, all), std::back_inserter(spans));
    lines.add(label, spans);
}

Colour colour_of(RowStatus status) {
    switch (status) {
        case RowStatus::added:
        case RowStatus::already_in_sequence:
            return Colour::green;
        case RowStatus::failed:
        case RowStatus::invalid:
        case RowStatus::unconfirmed:
            return Colour::red;
        case RowStatus::skipped:
        case RowStatus::not_attempted:
            return Colour::yellow;
        case RowStatus::duplicate:
        case RowStatus::excluded:
            break;
    }
    return Colour::none;
}

void add_outcomes(Lines& lines, const state::StatusCounts& settled) {
    std::vector<Span> spans;
    for (const RowStatus status : row_statuses) {
        if (settled[status] == 0)
            continue;
        if (!spans.empty())
            spans.push_back({", "});
        spans.push_back({joined(name(status), " ", grouped(settled[status])), colour_of(status)});
    }
    if (!spans.empty())
        lines.add("", spans);
}

void add_quota(Lines& lines, const Progress& progress, const WallView& view) {
    std::vector<Span> spans;
    for (const Window window : windows) {
        const auto& quota = progress.quota[static_cast<std::size_t>(window)];
        if (!quota)
            continue;
        if (!spans.empty())
            spans.push_back({", "});
        std::string text =
            joined(name(window), " ", grouped(quota->left), "/", grouped(quota->limit));
        if (quota->left == 0 && quota->until && *quota->until > view.now)
            text += joined(" until ", local_time_text(*quota->until, view.now));
        spans.push_back({std::move(text), quota->left == 0 ? Colour::yellow : Colour::none});
    }
    if (!spans.empty())
        lines.add(lines.is_roomy() ? "quota left" : "quota", spans);
}

// What a wait is for.
struct WaitReason {
    std::string operator()(const dispatch::QuotaWait& wait) const {
        if (wait.sounding)
            return joined("then a request looks whether the ", name(wait.window),
                          " quota is open again");
        return joined("the ", name(wait.window), " quota is used up");
    }
    std::string operator()(const dispatch::ProbeWait& /*wait*/) const {
        return "nothing gets through; then one request looks whether that is over";
    }
    std::string operator()(const dispatch::RetryWait& /*wait*/) const {
        return "what is left has failed; then it is tried again";
    }
};

void add_wait(Lines& lines, std::string_view reason, WallTime until, const WallView& view) {
    if (until > view.now)
        lines.add("waiting", {{until_text(until, view), Colour::yellow}, {joined(": ", reason)}});
}

void add_to_go(Lines& lines, const Progress& progress, const WallView& view) {
    if (progress.requests_left == 0 || progress.to_go < 1s)
        return;
    if (progress.to_go >= plan::longest_forecast) {
        lines.add("to go", {{"more than 100 years"}});
        return;
    }
    const std::string time = seconds_text(progress.to_go);
    const std::string until = local_time_text(view.after(progress.to_go), view.now);
    lines.add("to go", {{joined(lines.is_roomy() ? "about " : "", time, ", until ", until)}});
}

}  // namespace

std::vector<std::string> status_block(const Progress& progress, const WallView& view,
                                      const BlockShape& shape) {
    Lines lines(shape);
    add_done(lines, "rows", progress.settled.total(), progress.rows, "settled");
    add_outcomes(lines, progress.settled);
    if (progress.waiting) {
        add_wait(lines, std::visit(WaitReason(), progress.waiting->wait), progress.waiting->until,
                 view);
    }
    add_to_go(lines, progress, view);
    lines.add("requests", {{joined(grouped(progress.requests_sent), " sent, ",
                                   grouped(progress.requests_left), " to go")}});
    add_quota(lines, progress, view);
    return lines.taken();
}

std::vector<std::string> status_block(const ErrandProgress& progress, const WallView& view,
                                      const BlockShape& shape) {
    Lines lines(shape);
    add_done(lines, joined(progress.item, "s"), progress.settled, progress.items, progress.done);
    if (progress.waiting) {
        add_wait(lines, joined("the ", name(progress.waiting->window), " quota is used up"),
                 progress.waiting->until, view);
    }
    lines.add("requests", {{joined(grouped(progress.requests_sent), " sent")}});
    return lines.taken();
}

}  // namespace seqload::app
