#pragma once

// The time limit of one step on the network: the only one there is in this
// room, for every step. It does not wait; it stops what the step waits for.
// Only on the loop.

#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/system/error_code.hpp>

namespace seqload::net {

class Deadline {
public:
    using Time = std::chrono::steady_clock::time_point;

    // At that time `stop` is called, once, on the loop; it makes the step end with
    // an error (closes its socket). It is never called after destruction.
    Deadline(const boost::asio::any_io_executor& loop, Time when, std::function<void()> stop);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    bool has_passed() const;

    // What a step that ended with this code has come to: timed_out for any error
    // after the deadline. A success stays one, be it ever so late.
    boost::system::error_code judged(const boost::system::error_code& code) const;

private:
    struct State;

    std::shared_ptr<State> state_;  // shared with the timer's handler, which may come last
};

}  // namespace seqload::net
