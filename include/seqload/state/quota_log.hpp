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
    std::int64_t number = 0;   // greater than those before
    std::uint32_t source = 0;  // greater than 0; never given twice
    QuotaEvent event;

    bool operator==(const ForeignQuotaEvent&) const = default;
};

// One writer of the log: made by Store::join_quota_log, kept up to date by the Store.
struct QuotaWriter {
    std::int64_t route = 0;
    std::uint32_t source = 0;
    std::int64_t read_up_to = 0;
    std::int64_t last_foreign = 0;  // the last event of somebody else among these
};

// A request that is to leave only if nobody else has added to the log since whoever
// let it go has heard of that event (0: of none).
struct Departure {
    std::int64_t heard = 0;
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
    std::vector<bool> departed;  // for each departure whether it is on record, or nothing of it
};

}  // namespace seqload::state
