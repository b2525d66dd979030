#include "seqload/app/live_block.hpp"

#include "seqload/app/interruption.hpp"
#include "seqload/app/standard_error.hpp"

#include <chrono>
#include <csignal>
#include <utility>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

constexpr auto frame_every = 100ms;

}  // namespace

bool is_live(bool wanted) {
    return wanted && StandardError::of_process().manners().live;
}

LiveBlock::LiveBlock(const boost::asio::any_io_executor& loop, bool wanted, Wording wording)
    : timer_(loop), stops_(loop) {
    if (!is_live(wanted))
        return;
    wording_ = std::move(wording);
    draw_later();
    if (!is_ignored(SIGTSTP))
        heed_stops();
}

LiveBlock::~LiveBlock() {
    end();
}

void LiveBlock::end() {
    if (!wording_)
        return;
    wording_ = nullptr;
    timer_.cancel();
    stops_.cancel();
    stops_.clear();
    StandardError::of_process().erase();
}

void LiveBlock::draw_later() {
    timer_.expires_after(frame_every);
    timer_.async_wait([this](const boost::system::error_code& failure) {
        // The loop may have had this ready when it ended.
        if (failure || !wording_)
            return;
        StandardError& shown_on = StandardError::of_process();
        shown_on.draw(wording_(shown_on.shape()));
        draw_later();
    });
}

void LiveBlock::heed_stops() {
    stops_.add(SIGTSTP);
    stops_.async_wait([this](const boost::system::error_code& failure, int signal) {
        if (failure || !wording_)
            return;
        StandardError::of_process().erase();
        // Now it does what it does by default, and to this very thread: the process goes on
        // here, and nowhere before, when it is told to.
        stops_.clear();
        std::raise(signal);
        heed_stops();
    });
}

}  // namespace seqload::app
