#include "seqload/app/early_end.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/base/joined.hpp"

#include <span>
#include <string>

namespace seqload::app {

// The error that led here is the one to tell; that its note fails, too, adds nothing.
Result<> EarlyEnd::by(const Error& error, const std::string& stop_reason) {
    (void)store_.end_run(run_, {stop_reason, exit_code_of(error.kind), clock_.wall(), {}});
    return std::unexpected(error);
}

void EarlyEnd::by_signal(int signal, const std::string& stop_reason) {
    (void)store_.end_run(run_, {stop_reason, exit_code::signal_base + signal, clock_.wall(), {}});
    const LogLine line{.level = LogLevel::warning,
                       .message = stop_reason == "declined"
                                      ? std::string("nothing was sent")
                                      : joined("stopped before anything was sent; `seqload resume ",
                                               run_, "` goes on with it"),
                       .run_id = run_};
    say(std::span(&line, 1), joined("\nseqload: ", line.message, "\n"));
    static_cast<void>(metrics_.write(exit_code::signal_base + signal));
    end_by_signal(signal);
}

}  // namespace seqload::app
