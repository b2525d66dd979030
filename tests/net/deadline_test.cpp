#include "seqload/net/deadline.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace seqload::net {

namespace {

namespace asio = boost::asio;

Deadline::Time in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

}  // namespace

TEST_CASE("When its time has come a deadline stops the step, once") {
    asio::io_context loop;
    int stopped = 0;
    const Deadline deadline(loop.get_executor(), in(1ms), [&] { ++stopped; });
    CHECK_FALSE(deadline.has_passed());
    loop.run();
    CHECK(stopped == 1);
    CHECK(deadline.has_passed());
}

TEST_CASE("A deadline that is in the past stops the step on the loop, not at once") {
    asio::io_context loop;
    int stopped = 0;
    const Deadline deadline(loop.get_executor(), in(-1h), [&] { ++stopped; });
    CHECK(stopped == 0);
    loop.run();
    CHECK(stopped == 1);
}

TEST_CASE("A step that has ended is not stopped, and nothing waits for its deadline") {
    asio::io_context loop;
    {
        const Deadline deadline(loop.get_executor(), in(1h), [] { FAIL("stopped"); });
    }
    loop.run();  // returns at once
}

TEST_CASE("A step that ends in the moment of its deadline is not stopped") {
    asio::io_context loop;
    {
        // Its handler stands in the queue behind this one when the deadline goes.
        auto deadline =
            std::make_unique<Deadline>(loop.get_executor(), in(-1h), [] { FAIL("stopped"); });
        asio::post(loop, [&] { deadline.reset(); });
        loop.run();
    }
}

TEST_CASE("An error after the deadline is a time-out, a success stays a success") {
    asio::io_context loop;
    const boost::system::error_code aborted = asio::error::operation_aborted;
    const Deadline deadline(loop.get_executor(), in(-1h), [] {});
    CHECK(deadline.judged(aborted) == aborted);
    loop.run();
    CHECK(deadline.judged(aborted) == asio::error::timed_out);
    CHECK(deadline.judged({}) == boost::system::error_code());
}

}  // namespace seqload::net
