#pragma once

// Who carries out which run: one file beside the state, and in it one byte for
// each run, locked for as long as its Store lives. The kernel gives the lock
// back however the process ends, and it works across containers, where a
// process id says nothing.
//
// Open-file-description locks (Linux, fcntl(2)): two Stores of one process keep
// each other out as well, and nothing else that the process opens or closes
// takes a lock away. The file is never read, written or deleted.
//
// Locks of a state in memory are all given, and nobody else has any.

#include "seqload/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace seqload::state {

class RunLocks {
public:
    // In memory: no file.
    RunLocks() = default;

    // Opens the file, makes it (mode 0600) if it is missing. Errors: local_fault.
    static Result<RunLocks> open(const std::filesystem::path& state);

    RunLocks(RunLocks&& other) noexcept;
    RunLocks& operator=(RunLocks&& other) noexcept;
    ~RunLocks();

    // false: another Store has it. Runs that are held already stay so.
    Result<bool> take(std::int64_t run);

    bool holds(std::int64_t run) const;

    // Whether another Store, in this process or in any other, holds it.
    bool held_elsewhere(std::int64_t run) const;

    // Gives back what was taken while it lived, unless it was all for good:
    // belongs around a transaction, so that what is rolled back is not locked.
    class Attempt {
    public:
        explicit Attempt(RunLocks& locks) : locks_(locks), held_before_(locks.held_.size()) {}
        ~Attempt() { locks_.give_back_down_to(held_before_); }
        Attempt(const Attempt&) = delete;
        Attempt& operator=(const Attempt&) = delete;

        void keep() { held_before_ = locks_.held_.size(); }

    private:
        RunLocks& locks_;
        std::size_t held_before_;
    };

private:
    RunLocks(int descriptor, std::string file) : descriptor_(descriptor), file_(std::move(file)) {}

    void give_back_down_to(std::size_t count);

    int descriptor_ = -1;  // -1: in memory
    std::string file_;
    std::vector<std::int64_t> held_;
};

}  // namespace seqload::state
