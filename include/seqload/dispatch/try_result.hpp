#pragma once

// How one try ended, from what net and apollo say of it.

#include "seqload/apollo/answer.hpp"
#include "seqload/apollo/credentials.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/dispatch/next_step.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/net/client.hpp"
#include "seqload/net/failure.hpp"
#include "seqload/quota/event.hpp"

#include <expected>
#include <optional>
#include <string>

namespace seqload::dispatch {

struct TryResult {
    TryEnd end = TryEnd::never_left;
    unsigned http_status = 0;             // 0: no answer
    std::string request_id;               // Apollo's x-request-id, if it gave one
    std::string message;                  // what was said or what went wrong; for a person
    std::string refusal;                  // target_unusable: the reason
    apollo::AddAnswer answer;             // understood
    std::optional<Duration> retry_after;  // rate_limited
    std::optional<Window> window;         // rate_limited: the window that is used up
};

// The answer without the secret, should the server have repeated it.
std::expected<net::Exchange, net::Failure> blotted(
    std::expected<net::Exchange, net::Failure> exchange, const apollo::Credentials& credentials);

TryResult read_try(const std::expected<net::Exchange, net::Failure>& exchange, const Id& sequence,
                   WallTime now);

// The same for the gate.
quota::Event quota_event(const TryResult& result,
                         const std::expected<net::Exchange, net::Failure>& exchange,
                         quota::Ticket ticket, SteadyTime now);

// Whether something that speaks for Apollo answered, be it a refusal.
bool got_through(TryEnd end);

}  // namespace seqload::dispatch
