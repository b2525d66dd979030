#pragma once

// Blocking work kept off the loop: the reader's and the state's files.

#include "seqload/base/without_signals.hpp"

#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::dispatch {

// A thread of its own. Signals go to others: to the one whose loop waits for them.
class WorkerThread {
public:
    boost::asio::thread_pool& pool() { return pool_; }

private:
    static boost::asio::thread_pool made() {
        const WithoutSignals without_signals;
        return boost::asio::thread_pool(1);
    }

    boost::asio::thread_pool pool_ = made();
};

// Runs work() on the thread and comes back to the caller's executor with what it
// returned; an exception travels along.
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> offload(WorkerThread& thread, Work work) {
    auto on_the_pool = [&work]() -> boost::asio::awaitable<std::invoke_result_t<Work&>> {
        co_return work();
    };
    co_return co_await boost::asio::co_spawn(thread.pool(), on_the_pool,
                                             boost::asio::use_awaitable);
}

}  // namespace seqload::dispatch
