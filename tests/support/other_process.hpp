#pragma once

// A process of its own that does something, says so, and then waits to be
// killed: the way in which real runs end at the worst moment.

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

namespace seqload::test {

class OtherProcess {
public:
    // Runs work in a child and returns when that has called say_ready_and_wait
    // or ended; throws if it ended. To be made while no other thread runs.
    explicit OtherProcess(const std::function<void()>& work) {
        int ends[2];
        if (::pipe(ends) != 0)
            throw std::runtime_error("no pipe can be made");
        id_ = ::fork();
        if (id_ == 0) {
            ::close(ends[0]);
            ready_ = ends[1];
            carry_out(work);
        }
        ::close(ends[1]);
        char byte = 0;
        const bool is_ready = id_ > 0 && ::read(ends[0], &byte, 1) == 1;
        ::close(ends[0]);
        if (!is_ready) {
            kill();
            throw std::runtime_error("the other process did not get to its end");
        }
    }
    ~OtherProcess() { kill(); }
    OtherProcess(OtherProcess&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    OtherProcess& operator=(OtherProcess&&) = delete;

    // In the child: everything is done; never returns.
    [[noreturn]] static void say_ready_and_wait() {
        const char byte = 1;
        if (::write(ready_, &byte, 1) != 1)
            ::_exit(1);
        for (;;)
            ::pause();
    }

    pid_t id() const { return id_; }

    // At once, without a chance to clean up; returns when it is gone.
    void kill() {
        const pid_t id = std::exchange(id_, -1);
        if (id <= 0)
            return;
        ::kill(id, SIGKILL);
        ::waitpid(id, nullptr, 0);
    }

private:
    [[noreturn]] static void carry_out(const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception& exception) {
            std::fprintf(stderr, "in the other process: %s\n", exception.what());
        }
        ::_exit(1);
    }

    static inline int ready_ = -1;
    pid_t id_ = -1;
};

}  // namespace seqload::test
