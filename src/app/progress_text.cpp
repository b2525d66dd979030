#include "seqload/app/progress_text.hpp"

#include "seqload/app/forecast_text.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"

#include <string_view>
#include <variant>

namespace seqload::app {

namespace {

// " (added 1,190, skipped 10)".
std::string settled_text(const state::StatusCounts& settled) {
    std::string text;
    for (const RowStatus status : row_statuses) {
        if (settled[status] > 0)
            text += joined(text.empty() ? " (" : ", ", name(status), " ", grouped(settled[status]));
    }
    return text.empty() ? text : text + ')';
}

// "; quota left: 188 this minute, 388 this hour".
std::string quota_text(const Progress& progress) {
    std::string text;
    for (const Window window : windows) {
        const auto& quota = progress.quota[static_cast<std::size_t>(window)];
        if (quota)
            text += joined(text.empty() ? "; quota left: " : ", ", grouped(quota->left), " this ",
                           name(window));
    }
    return text;
}

// "412 requests to go: about 2 h 1 min, until 19:40".
std::string rest_text(const Progress& progress, const WallView& view) {
    return joined(counted(progress.requests_left, "request"),
                  " to go: ", duration_text(progress.to_go, view));
}

struct WaitWords {
    const Progress::Waiting& waiting;
    const Progress& progress;
    const WallView& view;

    std::string until() const { return local_time_text(waiting.until, view.now); }

    std::string operator()(const dispatch::QuotaWait& wait) const {
        const std::string text = joined("the ", name(wait.window), " quota is used up");
        const std::string rest = "; " + rest_text(progress, view);
        if (wait.sounding)
            return joined(text, ", until when is not known: the next request looks in ",
                          describe(wait.left), ", at ", until(), rest);
        return joined(text, ": waiting ", describe(wait.left), ", until ", until(), rest);
    }
    std::string operator()(const dispatch::ProbeWait& wait) const {
        return joined(
            "nothing gets through: one request at a time looks whether that is over, "
            "the next in ",
            describe(wait.left), ", at ", until());
    }
    std::string operator()(const dispatch::RetryWait& wait) const {
        return joined("what is left has failed, and is tried again in ", describe(wait.left),
                      ", at ", until());
    }
};

}  // namespace

std::string progress_text(const Progress& progress, const WallView& view) {
    std::string text =
        joined(grouped(progress.settled.total()), " of ", counted(progress.rows, "row"), " settled",
               settled_text(progress.settled), ", ", counted(progress.requests_sent, "request"),
               " sent", quota_text(progress));
    if (progress.requests_left > 0)
        text += "; " + rest_text(progress, view);
    return text;
}

std::string waiting_text(const Progress::Waiting& waiting, const Progress& progress,
                         const WallView& view) {
    return std::visit(WaitWords{waiting, progress, view}, waiting.wait);
}

}  // namespace seqload::app
