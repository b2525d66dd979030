#pragma once

// The log that processes keep of the requests to one route of a team's API, so
// that all of them know of its quota windows what each has learned. The state
// keeps it in order and says what others have added; what an event means is
// known to who writes it (seqload/quota/event.hpp).

#include "seqload/base/clock.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seqload::state {

// Whose windows, and of what.
struct QuotaRoute {
    std::string api_url;
    std::string team;
    std::string path;  // of the operation, "/emailer_campaigns/{id}/add_contact_ids"

    bool operator==(const QuotaRoute&) const = default;
};

struct QuotaEvent {
    std::string what;
    WallTime at;

    bool operator==(const QuotaEvent&) const = default;
};

// An event of somebody else.
struct ForeignQuotaEvent {
    std::uint32_t source = 0;  // greater than 0; never given twice
    QuotaEvent event;

    bool operator==(const ForeignQuotaEvent&) const = default;
};

// One writer of the log: made by Store::join_quota_log, kept up to date by the Store.
struct QuotaWriter {
    std::int64_t route = 0;
    std::uint32_t source = 0;
    std::int64_t heard = 0;  // the last event that this writer knows
};

// A request that is to leave only if nobody else has added to the log.
struct Departure {
    std::optional<Change> change;
    QuotaEvent event;
};

// What is to be written together.
struct QuotaStep {
    std::vector<QuotaEvent> events;  // of requests under way: how they ended
    std::vector<Departure> departures;
};

struct QuotaNews {
    std::vector<ForeignQuotaEvent> foreign;  // since the last time, in order
    // Whether the departures are on record. If not, there was something foreign, and
    // nothing of them was written.
    bool departed = true;
};

}  // namespace seqload::state
