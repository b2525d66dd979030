#include "seqload/input/block_supply.hpp"

#include "seqload/base/without_signals.hpp"

#include <utility>

namespace seqload::input {

BlockSupply::BlockSupply(Fill fill) : fill_(std::move(fill)) {
    const WithoutSignals without_signals;
    thread_ = std::thread([this] { run(); });
}

BlockSupply::~BlockSupply() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Result<const RecordBlock*> BlockSupply::next() {
    std::unique_lock lock(mutex_);
    if (given_back_ < taken_) {
        ++given_back_;
        changed_.notify_all();
    }
    changed_.wait(lock, [this] { return taken_ < filled_ || ended_; });
    if (taken_ < filled_)
        return &blocks_[taken_++ % block_count];
    if (exception_)
        std::rethrow_exception(exception_);
    if (error_)
        return std::unexpected(*error_);
    return nullptr;
}

void BlockSupply::run() {
    std::unique_lock lock(mutex_);
    while (!ended_) {
        changed_.wait(lock, [this] { return stopping_ || filled_ - given_back_ < block_count; });
        if (stopping_)
            return;
        RecordBlock& block = blocks_[filled_ % block_count];
        lock.unlock();
        Result<bool> more = false;
        std::exception_ptr exception;
        try {
            more = fill_(block);
        } catch (...) {
            exception = std::current_exception();
        }
        lock.lock();
        if (more && *more) {
            ++filled_;
        } else {
            ended_ = true;
            exception_ = std::move(exception);
            if (!more)
                error_ = std::move(more.error());
        }
        changed_.notify_all();
    }
}

}  // namespace seqload::input
