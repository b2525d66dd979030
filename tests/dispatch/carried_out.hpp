#pragma once

// A run, of batches or of errands, on a loop of its own until it ends.

#include "seqload/dispatch/run.hpp"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace seqload::dispatch {

template <class AnyRun>
RunEnd carried_out(AnyRun& run, boost::asio::io_context& loop) {
    RunEnd end;
    const auto carry = [&]() -> boost::asio::awaitable<void> { end = co_await run.carry_out(); };
    boost::asio::co_spawn(loop, carry, [](const std::exception_ptr& thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    });
    loop.run();
    return end;
}

}  // namespace seqload::dispatch
