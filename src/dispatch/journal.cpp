#include "seqload/dispatch/journal.hpp"

#include "seqload/base/thrown.hpp"

#include <cstddef>
#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace seqload::dispatch {

namespace asio = boost::asio;

Journal::Journal(state::Store& store, state::RunId run, SharedWindows& windows,
                 const asio::any_io_executor& loop)
    : store_(store), run_(std::move(run)), windows_(windows), loop_(loop) {}

asio::awaitable<Result<>> Journal::join(state::QuotaRoute route) {
    auto join = [this, &route] { return windows_.join(store_, route); };
    Result<> joined = co_await offload(thread_, join);
    if (!joined)
        failure_ = joined.error();
    co_return joined;
}

asio::awaitable<Result<>> Journal::hear() {
    if (failure_ || !windows_.are_shared())
        co_return Result<>();
    auto read = [this] { return store_.quota_news(windows_.writer()); };
    const auto news = co_await offload(thread_, read);
    if (!news) {
        failure_ = news.error();
        co_return std::unexpected(news.error());
    }
    windows_.hear(*news);
    co_return Result<>();
}

std::shared_ptr<Journal::Group> Journal::open_group() {
    if (!open_group_)
        open_group_ = std::make_shared<Group>(loop_);
    return open_group_;
}

asio::awaitable<Result<>> Journal::record(state::Change change) {
    if (failure_)
        co_return std::unexpected(*failure_);
    const auto group = open_group();
    group->changes.push_back(std::move(change));
    co_return co_await committed(group);
}

asio::awaitable<Result<bool>> Journal::depart(std::optional<state::Change> change,
                                              quota::Sent event) {
    if (failure_)
        co_return std::unexpected(*failure_);
    if (!windows_.are_shared()) {
        if (change) {
            open_group()->changes.push_back(*std::move(change));
            const Result<> result = co_await committed(open_group_);
            if (!result)
                co_return std::unexpected(result.error());
        }
        co_return true;
    }
    const auto group = open_group();
    const std::size_t place = group->step.departures.size();
    const quota::Event sent = event;
    group->step.departures.push_back(
        {.heard = windows_.heard(), .change = std::move(change), .event = windows_.for_log(sent)});
    const Result<> result = co_await committed(group);
    if (!result)
        co_return std::unexpected(result.error());
    co_return group->departed.at(place);
}

void Journal::note(const quota::Event& end) {
    if (windows_.are_shared() && !failure_)
        open_group()->step.events.push_back(windows_.for_log(end));
}

asio::awaitable<Result<>> Journal::flush() {
    if (!open_group_)
        co_return Result<>();
    co_return co_await committed(open_group_);
}

asio::awaitable<Result<>> Journal::committed(std::shared_ptr<Group> group) {
    if (!committing_) {
        committing_ = true;
        asio::co_spawn(loop_, commit_all(), asio::detached);
    }
    while (!group->result)
        co_await group->committed.wait();
    co_return *group->result;
}

asio::awaitable<void> Journal::commit_all() {
    while (open_group_) {
        const auto group = std::exchange(open_group_, nullptr);
        if (failure_) {
            group->result = std::unexpected(*failure_);
        } else {
            group->result = co_await commit_or_tell(*group);
            ++commits_;
            if (!*group->result)
                failure_ = group->result->error();
        }
        group->committed.ring();
    }
    committing_ = false;
}

// Whoever waits for the group must hear of it, whatever happens.
asio::awaitable<Result<>> Journal::commit_or_tell(Group& group) {
    try {
        co_return co_await commit(group);
    } catch (...) {
        co_return std::unexpected(thrown_error(std::current_exception()));
    }
}

asio::awaitable<Result<>> Journal::commit(Group& group) {
    if (!windows_.are_shared() && group.step.events.empty() && group.step.departures.empty()) {
        auto plainly = [this, &group] { return store_.apply(run_, group.changes); };
        co_return co_await offload(thread_, plainly);
    }
    auto together = [this, &group] {
        return store_.apply(run_, std::move(group.changes), windows_.writer(),
                            std::move(group.step));
    };
    const Result<state::QuotaNews> news = co_await offload(thread_, together);
    if (!news)
        co_return std::unexpected(news.error());
    windows_.hear(news->foreign);
    group.departed = news->departed;
    co_return Result<>();
}

}  // namespace seqload::dispatch
