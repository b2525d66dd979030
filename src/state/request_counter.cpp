#include "request_counter.hpp"

#include "binding.hpp"

#include <utility>

namespace seqload::state {

RequestCounter::RequestCounter(SQLite::Database& database)
    : add_(database,
           "UPDATE runs SET requests_sent = requests_sent + ?, "
           "requests_retried = requests_retried + ?, "
           "requests_rate_limited = requests_rate_limited + ? WHERE run = ?") {}

void RequestCounter::count(const RequestTotals& more) {
    counted_.sent += more.sent;
    counted_.retried += more.retried;
    counted_.rate_limited += more.rate_limited;
}

// Below zero, if more are taken back than counted: what is bound is the signed number of the
// same bits (binding.hpp).
void RequestCounter::take_back(const RequestTotals& less) {
    counted_.sent -= less.sent;
    counted_.retried -= less.retried;
    counted_.rate_limited -= less.rate_limited;
}

void RequestCounter::write(std::int64_t run) {
    const RequestTotals totals = std::exchange(counted_, {});
    if (totals != RequestTotals{})
        carry_out(add_, totals.sent, totals.retried, totals.rate_limited, run);
}

}  // namespace seqload::state
