#pragma once

// For what only so many workers may have at once; the others wait. Only on the loop.

#include <cstddef>
#include <list>
#include <memory>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace seqload::dispatch {

class Seats {
    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& loop)
            : call(loop, boost::asio::steady_timer::time_point::max()) {}

        boost::asio::steady_timer call;
        bool is_called = false;
    };
    struct Row {
        explicit Row(std::size_t seats) : count(seats) {}

        void pass_on();
        bool call_next();

        std::size_t count;
        std::size_t taken = 0;  // or passed on to somebody who was called
        std::list<Waiter> waiting;
    };

public:
    // Given up at the end of its life, if not before.
    class Seat {
    public:
        explicit Seat(std::shared_ptr<Row> row) : row_(std::move(row)) {}
        Seat(Seat&&) = default;
        Seat& operator=(Seat&& other) noexcept {
            std::swap(row_, other.row_);
            return *this;
        }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;
        ~Seat() { give_up(); }

        bool is_held() const { return row_ != nullptr; }

        // Whoever has waited longest has it, and goes on after the caller has next suspended.
        void give_up();

    private:
        std::shared_ptr<Row> row_;  // outlives a loop that is torn down
    };

    Seats(boost::asio::any_io_executor loop, std::size_t count)
        : loop_(std::move(loop)), row_(std::make_shared<Row>(count)) {}

    // In the order of asking.
    boost::asio::awaitable<Seat> take();

    // From now on there are so many. Who has a seat keeps it.
    void set_count(std::size_t count);

private:
    boost::asio::any_io_executor loop_;
    std::shared_ptr<Row> row_;
};

}  // namespace seqload::dispatch
