#include "seqload/dispatch/journal.hpp"

#include "seqload/dispatch/offload.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace seqload::dispatch {

namespace asio = boost::asio;

Journal::Journal(state::Store& store, state::RunId run, const asio::any_io_executor& loop)
    : store_(store), run_(std::move(run)), loop_(loop), committed_(loop) {}

asio::awaitable<Result<>> Journal::record(state::Change change) {
    if (failure_)
        co_return std::unexpected(*failure_);
    if (!open_group_)
        open_group_ = std::make_shared<Group>();
    const auto group = open_group_;
    group->changes.push_back(std::move(change));
    if (!committing_) {
        committing_ = true;
        asio::co_spawn(loop_, commit_all(), asio::detached);
    }
    while (!group->result)
        co_await committed_.wait();
    co_return *group->result;
}

asio::awaitable<void> Journal::commit_all() {
    while (open_group_) {
        const auto group = std::exchange(open_group_, nullptr);
        if (failure_) {
            group->result = std::unexpected(*failure_);
        } else {
            auto commit = [this, &group] { return store_.apply(run_, group->changes); };
            group->result = co_await offload(thread_, commit);
            ++commits_;
            if (!*group->result)
                failure_ = group->result->error();
        }
        committed_.ring();
    }
    committing_ = false;
}

}  // namespace seqload::dispatch
