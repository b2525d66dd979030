#pragma once

// Blocks of records, filled on a thread of their own a little ahead of whoever takes them.

#include "seqload/base/error.hpp"
#include "seqload/input/record_block.hpp"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace seqload::input {

class BlockSupply {
public:
    // Fills a block; false: there is nothing more. Called on the thread of the supply
    // alone, until it brings false, an error or an exception.
    using Fill = std::function<Result<bool>(RecordBlock&)>;

    // Starts the thread, which takes no signals: they are for whoever waits for it.
    explicit BlockSupply(Fill fill);

    // Waits for the fill that is under way, which is the last.
    ~BlockSupply();
    BlockSupply(const BlockSupply&) = delete;
    BlockSupply& operator=(const BlockSupply&) = delete;

    // The next block, valid until the next call; nullptr behind the last. What ended
    // the filling, an error or an exception, comes behind the blocks before it.
    Result<const RecordBlock*> next();

private:
    static constexpr std::size_t block_count = 8;

    void run();

    Fill fill_;
    std::array<RecordBlock, block_count> blocks_;  // a ring

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t filled_ = 0;  // blocks so far
    std::size_t taken_ = 0;   // likewise; the one taken last is in use
    std::size_t given_back_ = 0;
    bool stopping_ = false;
    bool ended_ = false;
    std::optional<Error> error_;
    std::exception_ptr exception_;

    std::thread thread_;  // the last: it works with all of the above
};

}  // namespace seqload::input
