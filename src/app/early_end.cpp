#include "seqload/app/early_end.hpp"

#include "seqload/app/exit_code.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/base/joined.hpp"

namespace seqload::app {

// The error that led here is the one to tell; that its note fails, too, adds nothing.
Result<> EarlyEnd::by(const Error& error, const std::string& stop_reason) {
    (void)store_.end_run(run_, {stop_reason, exit_code_of(error.kind), clock_.wall(), {}});
    return std::unexpected(error);
}

void EarlyEnd::by_signal(int signal, const std::string& stop_reason) {
    (void)store_.end_run(run_, {stop_reason, exit_code::signal_base + signal, clock_.wall(), {}});
    say(stop_reason == "declined"
            ? std::string("\nseqload: nothing was sent\n")
            : joined("\nseqload: stopped before anything was sent; `seqload resume ", run_,
                     "` goes on with it\n"));
    static_cast<void>(metrics_.write(exit_code::signal_base + signal));
    end_by_signal(signal);
}

}  // namespace seqload::app
