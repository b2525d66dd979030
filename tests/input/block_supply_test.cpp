#include "seqload/input/block_supply.hpp"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;

namespace {

// Fills so many blocks with one record each, whose line is the block's number.
class Numbers {
public:
    explicit Numbers(std::uint64_t most) : most_(most) {}

    Result<bool> operator()(RecordBlock& block) {
        block.clear();
        if (number_ == most_)
            return false;
        block.add_cell("x");
        block.end_record(++number_, RecordProblem::none);
        return true;
    }

private:
    std::uint64_t most_;
    std::uint64_t number_ = 0;
};

}  // namespace

TEST_CASE("blocks come in the order in which they are filled, and then the end for ever") {
    BlockSupply supply(Numbers(1000));
    for (std::uint64_t number = 1; number <= 1000; ++number) {
        const auto block = supply.next();
        REQUIRE(block.value() != nullptr);
        REQUIRE((*block)->record(0).line == number);
    }
    CHECK(supply.next().value() == nullptr);
    CHECK(supply.next().value() == nullptr);
}

TEST_CASE("an error comes behind the blocks before it") {
    Numbers numbers(2);
    BlockSupply supply([&numbers](RecordBlock& block) -> Result<bool> {
        auto more = numbers(block);
        return *more ? more : fail(ErrorKind::local_fault, "the disk is gone", "a.csv", "");
    });
    CHECK(supply.next().value()->record(0).line == 1);
    CHECK(supply.next().value()->record(0).line == 2);
    CHECK(supply.next().error().what == "the disk is gone");
    CHECK(supply.next().error().what == "the disk is gone");
}

TEST_CASE("an exception comes behind the blocks before it") {
    Numbers numbers(1);
    BlockSupply supply([&numbers](RecordBlock& block) {
        auto more = numbers(block);
        if (!*more)
            throw std::logic_error("a promise is broken");
        return more;
    });
    CHECK(supply.next().value()->record(0).line == 1);
    CHECK_THROWS_WITH_AS(supply.next(), "a promise is broken", std::logic_error);
}

TEST_CASE("a supply may be given up at any time") {
    for (std::size_t taken = 0; taken < 20; ++taken) {
        BlockSupply supply(Numbers(1'000'000));
        for (std::size_t index = 0; index < taken; ++index)
            REQUIRE(supply.next().value() != nullptr);
    }
}

TEST_CASE("signals do not go to the thread of a supply") {
    BlockSupply supply([asked = false](RecordBlock& block) mutable -> Result<bool> {
        block.clear();
        if (asked)
            return false;
        asked = true;
        sigset_t blocked;
        pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        block.add_cell("x");
        block.end_record(sigismember(&blocked, SIGINT) == 1 ? 1 : 0, RecordProblem::none);
        return true;
    });
    CHECK(supply.next().value()->record(0).line == 1);
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    CHECK(sigismember(&blocked, SIGINT) == 0);
}
