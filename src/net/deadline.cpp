#include "seqload/net/deadline.hpp"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace seqload::net {

struct Deadline::State {
    boost::asio::steady_timer timer;
    std::function<void()> stop;  // empty: passed, or no longer wanted
    bool passed = false;
};

Deadline::Deadline(const boost::asio::any_io_executor& loop, Time when, std::function<void()> stop)
    : state_(std::make_shared<State>(boost::asio::steady_timer(loop, when), std::move(stop))) {
    state_->timer.async_wait([state = state_](const boost::system::error_code&) {
        // No look at the code: a timer that is cancelled too late says success.
        if (!state->stop)
            return;
        state->passed = true;
        std::exchange(state->stop, nullptr)();
    });
}

Deadline::~Deadline() {
    state_->stop = nullptr;
    state_->timer.cancel();
}

bool Deadline::has_passed() const {
    return state_->passed;
}

boost::system::error_code Deadline::judged(const boost::system::error_code& code) const {
    return code && state_->passed ? boost::asio::error::timed_out : code;
}

}  // namespace seqload::net
