#pragma once

// An answer as it goes over the wire, step by step; where a fault wants it,
// damaged. Making the script is plain thinking; server.cpp plays it.

#include "seqload/base/clock.hpp"
#include "seqload/sandbox/answer.hpp"
#include "seqload/sandbox/fault.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace seqload::sandbox {

struct Send {
    std::string bytes;

    bool operator==(const Send&) const = default;
};

// The same bytes again and again, until the count is reached or the peer is gone.
struct SendOften {
    std::string bytes;
    std::uint64_t times = 0;

    bool operator==(const SendOften&) const = default;
};

struct Pause {
    Duration duration{};
    bool is_virtual = false;

    bool operator==(const Pause&) const = default;
};

// New keys for both directions of a TLS 1.3 connection; nothing elsewhere.
struct RenewKeys {
    bool operator==(const RenewKeys&) const = default;
};

using Step = std::variant<Send, SendOften, Pause, RenewKeys>;

enum class Ending : std::uint8_t {
    keep_open,
    close,             // properly: TLS close_notify, then FIN
    cut,               // FIN alone
    reset,             // RST
    hang,              // nothing more is sent; ends when the peer goes
    close_and_forget,  // closed properly; all TLS tickets given so far are no good any more
};

struct Script {
    std::vector<Step> steps;
    Ending ending = Ending::keep_open;
    bool is_answer = true;  // whether a client can take it for a whole answer

    bool operator==(const Script&) const = default;
};

// Puts the answer on the wire undamaged. keep_alive: whether the client wants the connection kept.
Script plain_script(const Answer& answer, bool keep_alive, WallTime now);

// The answer that a fault gives in place of the true one, if it is that sort of fault: another
// status, redirect, 429, a broken body. The true answer otherwise.
Answer damaged_answer(Answer answer, const FaultRule& fault);

// The answer under a fault of the connection or of HTTP itself.
Script damaged_script(const Answer& answer, const FaultRule& fault, bool keep_alive, WallTime now);

}  // namespace seqload::sandbox
