#pragma once

// The way to the state: changes that arrive while a commit is under way share
// the next one, so durability costs one sync for many batches. Commits run on a
// thread of their own; the loop is never held up.
//
// Only on the loop. After a failed commit nobody knows what is on disk, so
// every later change fails with the same error (the run then ends, code 6).

#include "seqload/base/error.hpp"
#include "seqload/dispatch/offload.hpp"
#include "seqload/dispatch/shared_windows.hpp"
#include "seqload/net/bell.hpp"
#include "seqload/quota/event.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace seqload::dispatch {

class Journal {
public:
    // The store and the windows must outlive the journal; the store is used by no one
    // else meanwhile.
    Journal(state::Store& store, state::RunId run, SharedWindows& windows,
            const boost::asio::any_io_executor& loop);

    // Joins the log of the windows: before anything else is recorded.
    boost::asio::awaitable<Result<>> join(state::QuotaRoute route);

    // Before the gate is asked or told: it hears what others have done meanwhile.
    boost::asio::awaitable<Result<>> hear();

    // On return the change is durable, or the error says why it is not.
    boost::asio::awaitable<Result<>> record(state::Change change);

    // A request is about to leave: on return what goes with it is durable. False: it is
    // not, for another process has used the windows meanwhile; the gate has heard of it
    // and is to be asked again.
    boost::asio::awaitable<Result<bool>> depart(std::optional<state::Change> change,
                                                quota::Sent event);

    // How a request ended: goes with what is recorded next, or with flush().
    void note(const quota::Event& end);
    boost::asio::awaitable<Result<>> flush();

    // The commit that is under way, by its number; nullopt: none is.
    std::optional<std::uint64_t> commit_under_way() const {
        return committing_ ? std::optional(commits_) : std::nullopt;
    }

private:
    struct Group {
        explicit Group(const boost::asio::any_io_executor& loop) : committed(loop) {}

        net::Bell committed;
        std::vector<state::Change> changes;
        state::QuotaStep step;
        std::optional<Result<>> result;
        std::vector<bool> departed;  // once there is a result
    };

    std::shared_ptr<Group> open_group();
    boost::asio::awaitable<Result<>> committed(std::shared_ptr<Group> group);
    boost::asio::awaitable<Result<>> commit(Group& group);
    boost::asio::awaitable<Result<>> commit_or_tell(Group& group);

    // Commits group after group until no change waits.
    boost::asio::awaitable<void> commit_all();

    state::Store& store_;
    state::RunId run_;
    SharedWindows& windows_;
    boost::asio::any_io_executor loop_;
    WorkerThread thread_;
    std::shared_ptr<Group> open_group_;  // takes the changes that come while a commit runs
    bool committing_ = false;
    std::optional<Error> failure_;
    std::uint64_t commits_ = 0;  // that have ended
};

}  // namespace seqload::dispatch
