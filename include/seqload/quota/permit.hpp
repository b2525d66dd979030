#pragma once

// Leave to send one request. Only the Gate makes permits, and sending consumes
// them, so that "no request without permission" is checked by the compiler. A
// permit that is dropped unused goes back; the gate may be gone by then.

#include <cstdint>
#include <memory>
#include <utility>

namespace seqload::quota {

// Not safe to share between threads: a permit lives on its gate's loop.
class Permit {
public:
    Permit(Permit&& other) noexcept : outstanding_(std::move(other.outstanding_)) {}
    Permit& operator=(Permit&& other) noexcept {
        if (this != &other) {
            give_back();
            outstanding_ = std::move(other.outstanding_);
        }
        return *this;
    }
    ~Permit() { give_back(); }

private:
    friend class Gate;

    // The gate's count of permits that are neither sent nor given back.
    explicit Permit(std::shared_ptr<std::uint32_t> outstanding)
        : outstanding_(std::move(outstanding)) {
        ++*outstanding_;
    }

    void give_back() {
        if (outstanding_)
            --*outstanding_;
        outstanding_.reset();
    }

    std::shared_ptr<std::uint32_t> outstanding_;  // null once moved from
};

// A request in flight, by the gate's own number.
struct Ticket {
    std::uint64_t number = 0;

    bool operator==(const Ticket&) const = default;
};

}  // namespace seqload::quota
