#pragma once

// Requests as the state has them, for tests of what is drawn of them.

#include "seqload/base/timestamp.hpp"
#include "seqload/state/sent_batch_cursor.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace seqload::test {

inline WallTime at_ms(std::int64_t milliseconds) {
    return *parse_timestamp("2026-11-23T21:36:22Z") + std::chrono::milliseconds(milliseconds);
}

// One that left then, and was answered 200 so much later.
inline state::SentBatch sent_at(std::int64_t left_ms, std::int64_t took_ms = 100,
                                std::optional<unsigned> http_status = 200) {
    state::SentBatch sent;
    sent.batch = left_ms + 1;
    sent.state = http_status ? state::BatchState::settled : state::BatchState::in_doubt;
    sent.sent_at = at_ms(left_ms);
    sent.changed_at = at_ms(left_ms + took_ms);
    sent.http_status = http_status;
    sent.attempts = 1;
    sent.request_id = "request-" + std::to_string(left_ms);
    return sent;
}

}  // namespace seqload::test
