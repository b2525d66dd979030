#pragma once

// The way to the state: changes that arrive while a commit is under way share
// the next one, so durability costs one sync for many batches. Commits run on a
// thread of their own; the loop is never held up.
//
// Only on the loop. After a failed commit nobody knows what is on disk, so
// every later change fails with the same error (the run then ends, code 6).

#include "seqload/base/error.hpp"
#include "seqload/net/bell.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

namespace seqload::dispatch {

class Journal {
public:
    // The store must outlive the journal and is used by no one else meanwhile.
    Journal(state::Store& store, state::RunId run, const boost::asio::any_io_executor& loop);

    // On return the change is durable, or the error says why it is not.
    boost::asio::awaitable<Result<>> record(state::Change change);

    // How many transactions were committed.
    std::uint64_t commits() const { return commits_; }

private:
    struct Group {
        std::vector<state::Change> changes;
        std::optional<Result<>> result;
    };

    // Commits group after group until no change waits.
    boost::asio::awaitable<void> commit_all();

    state::Store& store_;
    state::RunId run_;
    boost::asio::any_io_executor loop_;
    boost::asio::thread_pool thread_{1};
    net::Bell committed_;
    std::shared_ptr<Group> open_group_;  // takes the changes that come while a commit runs
    bool committing_ = false;
    std::optional<Error> failure_;
    std::uint64_t commits_ = 0;
};

}  // namespace seqload::dispatch
