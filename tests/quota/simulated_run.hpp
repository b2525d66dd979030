#pragma once

// A run of many requests through one gate, or through the gates of several
// processes that share a log, in simulated time: a day of it passes in
// milliseconds. Processes may start late, and crash in the middle.

#include "quota/simulated_server.hpp"
#include "quota/simulated_traffic.hpp"
#include "seqload/quota/event.hpp"
#include "seqload/quota/gate.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::quota::test {

// What all processes did, in order.
using Log = std::vector<std::pair<Source, Event>>;

struct ProcessPlan {
    std::uint32_t connections = 4;
    Duration starts{};  // after the run's start
    std::optional<Duration> crashes =
        std::nullopt;  // what it has under way is sent again by others
};

struct RunPlan {
    std::uint32_t requests = 0;
    Traffic traffic;
    QuotaLimits believed;  // what the gates start with
    double reserve = 0;
    std::vector<ProcessPlan> processes{{}};
};

struct RunResult {
    Duration duration{};  // to the last answer
    std::uint32_t sent = 0;
    std::uint32_t refused = 0;
    std::map<WindowInstance, std::uint32_t> refused_by;
    std::array<std::uint32_t, 3> brought_to{};  // the highest count of each window by one of ours
    Duration first_exchange{};  // the longest of those that began at the run's start
    Duration longest_exchange{};

    std::uint32_t most_refused_by_one_window() const {
        std::uint32_t most = 0;
        for (const auto& [window, count] : refused_by)
            most = std::max(most, count);
        return most;
    }
};

class SimulatedRun {
public:
    SimulatedRun(const RunPlan& plan, SimulatedServer& server, SteadyTime start,
                 OtherTool other = {}, Log log = {})
        : plan_(plan),
          server_(server),
          other_(other),
          start_(start),
          now_(start),
          log_(std::move(log)),
          waiting_(plan.requests) {
        Source source = 0;
        for (const auto& [earlier, event] : log_)
            source = std::max(source, earlier);
        for (const ProcessPlan& process : plan.processes)
            processes_.push_back({process, ++source});
    }

    RunResult carry_out() {
        while (settled_ < plan_.requests) {
            for (Process& process : processes_)
                go_on(process);
            step();
            if (++steps_ > 100U * plan_.requests + 200'000)
                throw std::runtime_error("the simulated run does not come to an end");
        }
        return result_;
    }

    // With what is still under way left out, as after a kill.
    const Log& log() const { return log_; }

private:
    struct Process {
        ProcessPlan plan;
        Source source;
        std::unique_ptr<Gate> gate = nullptr;  // while it lives
        std::size_t heard = 0;                 // of the log
        std::uint32_t under_way = 0;
        std::optional<SteadyTime> wake = std::nullopt;
        bool is_over = false;
    };

    struct Exchange {
        Process* process;
        Ticket ticket;
        SteadyTime sent;
        SteadyTime arrives;
        SteadyTime ends;
        Journey journey;
        bool arrived = false;
        ServerAnswer answer = {};

        SteadyTime next() const { return arrived ? ends : arrives; }
    };

    void go_on(Process& process) {
        process.wake.reset();
        if (process.is_over)
            return;
        if (process.plan.crashes && now_ >= start_ + *process.plan.crashes) {
            crash(process);
        } else if (now_ < start_ + process.plan.starts) {
            process.wake = start_ + process.plan.starts;
        } else {
            if (!process.gate)
                process.gate = std::make_unique<Gate>(plan_.believed, plan_.reserve);
            send_what_may(process);
            if (process.plan.crashes) {
                const SteadyTime crash_at = start_ + *process.plan.crashes;
                process.wake = process.wake ? std::min(*process.wake, crash_at) : crash_at;
            }
        }
    }

    void crash(Process& process) {
        process.is_over = true;
        process.gate.reset();
        waiting_ += process.under_way;
        for (Exchange& exchange : exchanges_) {
            if (exchange.process == &process)
                exchange.process = nullptr;
        }
        std::erase_if(exchanges_,
                      [](const Exchange& one) { return one.process == nullptr && one.arrived; });
    }

    void hear(Process& process) {
        for (; process.heard < log_.size(); ++process.heard) {
            const auto& [source, event] = log_[process.heard];
            if (source != process.source)
                process.gate->heard(source, event, now_);
        }
    }

    void write(const Process& process, const Event& event) {
        if (plan_.processes.size() > 1 || !log_.empty())
            log_.emplace_back(process.source, event);
    }

    void send_what_may(Process& process) {
        while (waiting_ > 0 && process.under_way < process.plan.connections) {
            hear(process);
            auto answer = process.gate->ask(now_);
            if (const auto* wait = std::get_if<WaitUntil>(&answer)) {
                if (wait->when <= now_)
                    throw std::runtime_error("the gate gives no time to wait for");
                process.wake = wait->when;
                return;
            }
            const Ticket ticket = process.gate->sent(std::get<Permit>(std::move(answer)), now_);
            write(process, Sent{ticket, now_});
            const Journey journey = plan_.traffic.journey(result_.sent);
            const SteadyTime arrives = now_ + journey.there;
            exchanges_.push_back({.process = &process,
                                  .ticket = ticket,
                                  .sent = now_,
                                  .arrives = arrives,
                                  .ends = arrives + journey.back,
                                  .journey = journey});
            --waiting_;
            ++process.under_way;
            ++result_.sent;
        }
    }

    // To the next moment at which anything happens.
    void step() {
        std::optional<SteadyTime> wake;
        for (const Process& process : processes_) {
            if (process.wake && (!wake || *process.wake < *wake))
                wake = process.wake;
        }
        const auto exchange = std::ranges::min_element(exchanges_, {}, &Exchange::next);
        const bool none = exchange == exchanges_.end();
        if (none && !wake)
            throw std::runtime_error("nobody is left to go on");
        const SteadyTime next = none   ? *wake
                                : wake ? std::min(*wake, exchange->next())
                                       : exchange->next();
        if (other_.next() && *other_.next() <= next) {
            now_ = std::max(now_, *other_.next());
            server_.arrive(now_);
            other_.sent();
            return;
        }
        now_ = next;
        if (none || exchange->next() > now_)
            return;
        if (!exchange->arrived) {
            arrive(*exchange);
            return;
        }
        const Exchange ended = *exchange;
        exchanges_.erase(exchange);
        end(ended);
    }

    void arrive(Exchange& exchange) {
        exchange.arrived = true;
        exchange.answer = server_.arrive(now_);
        if (exchange.answer.refused) {
            ++result_.refused;
            ++result_.refused_by[*exchange.answer.refused_by];
        } else {
            for (const Window window : windows) {
                std::uint32_t& most = result_.brought_to[static_cast<std::size_t>(window)];
                most = std::max(most, server_.used(window, now_));
            }
        }
        if (exchange.process == nullptr)
            std::erase_if(exchanges_, [&](const Exchange& one) { return &one == &exchange; });
    }

    void end(const Exchange& exchange) {
        Process& process = *exchange.process;
        const Duration took = now_ - exchange.sent;
        result_.longest_exchange = std::max(result_.longest_exchange, took);
        if (exchange.sent == start_)
            result_.first_exchange = std::max(result_.first_exchange, took);
        --process.under_way;
        const Event event = event_of(exchange);
        hear(process);
        process.gate->tell(event);
        write(process, event);
        if (std::holds_alternative<Answered>(event) && !exchange.journey.failed) {
            ++settled_;
            result_.duration = now_ - start_;
        } else {
            ++waiting_;
        }
    }

    Event event_of(const Exchange& exchange) const {
        if (exchange.journey.lost)
            return Lost{exchange.ticket, now_};
        if (exchange.answer.refused)
            return RateLimited{exchange.ticket, now_, exchange.answer.retry_after,
                               exchange.answer.window, exchange.answer.reading};
        return Answered{exchange.ticket, now_,
                        exchange.journey.failed ? QuotaReading{} : exchange.answer.reading};
    }

    const RunPlan plan_;
    SimulatedServer& server_;
    OtherTool other_;
    SteadyTime start_;
    SteadyTime now_;
    Log log_;
    std::vector<Process> processes_;
    std::vector<Exchange> exchanges_;
    std::uint32_t waiting_;
    std::uint32_t settled_ = 0;
    std::uint64_t steps_ = 0;
    RunResult result_;
};

}  // namespace seqload::quota::test
