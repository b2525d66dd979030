#pragma once

// Which batch a free worker takes next. Pure: batches that wait for another
// try come back when their time has come, halves come first, and new batches
// are fetched only when nothing else is ready, so that few are in memory. While a
// canary is open, only canaries are handed out; where it is wanted, the first job after
// them waits for a go-ahead.
//
// One Agenda serves all workers of a run; only on the loop.

#include "seqload/base/clock.hpp"
#include "seqload/dispatch/job.hpp"

#include <cstddef>
#include <deque>
#include <variant>
#include <vector>

namespace seqload::dispatch {

class Agenda {
public:
    // go_ahead_after_canary: whether somebody is asked once every canary has passed.
    explicit Agenda(bool go_ahead_after_canary = false) : needs_go_ahead_(go_ahead_after_canary) {}

    struct Work {
        Job job;
    };
    struct Fetch {};  // ask the source for more, then call fetched() or exhausted()
    struct WaitUntil {
        SteadyTime when;
    };
    struct Wait {};  // for another worker to return, defer or fetch something
    struct Ask {};   // whether the rest may go out; then call go_ahead(), or stop()
    struct Done {};  // nothing is left, or the run is stopping
    using Next = std::variant<Work, Fetch, WaitUntil, Wait, Ask, Done>;

    // What the asking worker does next. Work must be followed by exactly one of
    // finished(), defer(), put_back() or split(). Ask comes once at most, and only if
    // a canary has gone out and something is left.
    Next next(SteadyTime now);

    void fetched(std::vector<Job> jobs);
    void exhausted();

    void finished(const Job& job);        // the job in hand is settled
    void defer(Job job, SteadyTime due);  // try again at that time
    void put_back(Job job);               // send again as soon as possible
    void split(Job first, Job second);    // the job in hand became two
    void go_ahead() { needs_go_ahead_ = false; }

    // No more work is handed out; what is in hand is finished by its workers.
    void stop() { stopped_ = true; }
    bool stopped() const { return stopped_; }

    // Batches that were fetched and are not settled.
    std::size_t open() const { return ready_.size() + deferred_.size() + in_hand_; }

private:
    bool must_ask_before(const Job& job) const;

    struct Deferred {
        SteadyTime due;
        Job job;
    };
    struct LaterFirst {
        bool operator()(const Deferred& left, const Deferred& right) const {
            return left.due > right.due;
        }
    };

    std::deque<Job> ready_;
    std::vector<Deferred> deferred_;  // a heap by LaterFirst
    std::size_t in_hand_ = 0;
    std::size_t canaries_ = 0;  // fetched and not settled
    bool had_canary_ = false;
    bool needs_go_ahead_;
    bool asking_ = false;
    bool fetching_ = false;
    bool exhausted_ = false;
    bool stopped_ = false;
};

}  // namespace seqload::dispatch
