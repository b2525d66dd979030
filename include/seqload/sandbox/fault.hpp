#pragma once

// Faults that the sandbox plays on request: which requests a rule hits, and
// what happens to them. samples/README.md, "Faults", describes them for people.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/sandbox/answer_shape.hpp"
#include "seqload/sandbox/route.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

enum class FaultKind : std::uint8_t {
    latency,         // the answer (or, with when = before, the work) comes late
    status,          // another status than the true one: 5xx, 400, 408, 413, 414, 422, …
    rate_limit,      // 429 although there is room
    redirect,        // 302
    drop,            // the connection ends without an answer
    reset,           // the same with a TCP reset
    hang,            // no answer, and the connection stays open
    half_header,     // the connection ends within the header
    half_body,       // … within the body
    wrong_length,    // content-length is not the body's
    bad_chunks,      // chunked, and broken in the middle
    slow_body,       // a few bytes at a time
    broken_json,     // the body ends too early, in good HTTP
    html,            // a page with status 200
    deep_json,       // arrays within arrays
    endless_body,    // a body that does not end
    gzip_bomb,       // a small body that unpacks to a huge one
    close,           // answered, with "Connection: close"
    close_silently,  // answered, then closed without a word
    continue_first,  // 100 Continue before the answer
    forget_session,  // answered, closed, and no TLS ticket given so far is any good
    renew_keys,      // new keys of the TLS connection before the answer (TLS 1.3)
    shape,           // answered in another shape (add_contact_ids)
};

inline constexpr std::size_t fault_kind_count = 23;

// As rules and the request log spell it.
std::string_view name(FaultKind kind);

enum class Moment : std::uint8_t {
    before,  // the request is not processed: nobody is added
    after,   // it is processed, and the ledger shows it
};

enum class BodyKind : std::uint8_t { html, json, empty };

struct FaultRule {
    FaultKind kind = FaultKind::status;

    // Which requests: all of these must hold.
    std::optional<Route> route;         // nullopt: any operation
    std::string sequence;               // the one in the path; empty: any
    std::vector<std::string> contacts;  // at least one of them is asked for; empty: any
    std::uint32_t over = 0;             // more than so many contacts and labels, where given
    bool has_over = false;

    // Which of these, counted from 1 for each rule on its own.
    std::vector<std::uint64_t> nth;  // empty: any
    std::uint64_t from = 1;
    std::uint64_t until = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t every = 1;
    double probability = 1.0;
    std::uint64_t times = std::numeric_limits<std::uint64_t>::max();  // then it rests

    // What happens.
    Moment when = Moment::after;
    unsigned status = 500;
    BodyKind body = BodyKind::html;
    std::string message;                       // of a JSON body
    std::optional<std::uint32_t> retry_after;  // seconds, as the client is to read them
    bool quota_counts = true;  // whether a request that is not processed uses up quota
    Duration delay{};          // latency, and between the portions of slow_body
    bool delay_is_virtual = false;
    std::uint64_t bytes = 0;  // portion, depth or size, by kind
    std::int64_t by = 100;    // wrong_length: added to the true length
    bool close_notify = false;
    bool reset = false;  // half_header and half_body end with a TCP reset
    std::string location;
    AnswerShape shape;
};

using FaultRules = std::vector<FaultRule>;

// A list of rules, or {"faults": [rules]}. where: the file's name, for errors (kind usage).
Result<FaultRules> read_faults(std::string_view text, const std::string& where);

}  // namespace seqload::sandbox
