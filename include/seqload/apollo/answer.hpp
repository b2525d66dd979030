#pragma once

// What an HTTP answer to the adding of contacts means (facts.md, the table of
// statuses; spec.md, "What becomes of a row" and "Batches").
//
//   2xx            Added; NotUnderstood if it is not the JSON expected
//   401 403        KeyRefused
//   404            TargetUnusable (sequence_not_found)
//   408 5xx        ServerFault
//   400 413 414    BatchRejected
//   422            by its words: TargetUnusable (mailbox_inactive,
//                  mailbox_not_supported), RequestRejected ("Please specify …", our
//                  own mistake), else BatchRejected
//   429            RateLimited
//   any other      RequestRejected, redirects among them
//
// A message is what the answer says for a person: one line of valid UTF-8, nothing
// in it that drives a terminal, at most message_limit bytes; never empty.

#include "seqload/apollo/add_answer.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/net/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace seqload::apollo {

struct Added {
    AddAnswer answer;
    bool operator==(const Added&) const = default;
};

// Try again, in doubt: it may have been carried out.
struct NotUnderstood {
    std::string what;
    bool operator==(const NotUnderstood&) const = default;
};

struct KeyRefused {
    std::string message;
    bool operator==(const KeyRefused&) const = default;
};

// No request of this target can work.
struct TargetUnusable {
    std::string_view reason;  // one of model's reason:: constants
    std::string message;
    bool operator==(const TargetUnusable&) const = default;
};

struct RateLimited {
    std::optional<Duration> retry_after;
    std::optional<Window> window;  // the one that the message names
    std::string message;
    bool operator==(const RateLimited&) const = default;
};

// Some row may be at fault: halve.
struct BatchRejected {
    std::string message;
    bool operator==(const BatchRejected&) const = default;
};

// Refused for good, whatever the rows.
struct RequestRejected {
    std::string message;
    bool operator==(const RequestRejected&) const = default;
};

// Try again, in doubt.
struct ServerFault {
    std::string message;
    bool operator==(const ServerFault&) const = default;
};

using Answer = std::variant<Added, NotUnderstood, KeyRefused, TargetUnusable, RateLimited,
                            BatchRejected, RequestRejected, ServerFault>;

// sequence: the one that was asked for. now: for a retry-after that is a date, in
// an answer that does not say its own. Never throws for what the answer holds.
Answer read_answer(const net::Response& response, const Id& sequence, WallTime now);

}  // namespace seqload::apollo
