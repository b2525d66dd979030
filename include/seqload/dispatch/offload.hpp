#pragma once

// Blocking work kept off the loop: the reader's and the state's files.

#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::dispatch {

// Runs work() on a thread of the pool and comes back to the caller's executor
// with what it returned; an exception travels along.
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> offload(boost::asio::thread_pool& pool,
                                                            Work work) {
    auto on_the_pool = [&work]() -> boost::asio::awaitable<std::invoke_result_t<Work&>> {
        co_return work();
    };
    co_return co_await boost::asio::co_spawn(pool, on_the_pool, boost::asio::use_awaitable);
}

}  // namespace seqload::dispatch
