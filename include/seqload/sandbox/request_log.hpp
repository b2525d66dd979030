#pragma once

// Every request that came, in the order of arrival, and what became of it.

#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/sandbox/fault.hpp"
#include "seqload/sandbox/ledger.hpp"
#include "seqload/sandbox/route.hpp"
#include "seqload/sandbox/route_quotas.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace seqload::sandbox {

// Whom a request was about; what is no id is left out.
struct Asked {
    std::vector<Id> sequences;
    std::vector<Id> contacts;
    std::vector<std::string> labels;
};

// A window of the request's route once the request was counted, or refused.
struct WindowRecord {
    std::optional<std::uint32_t> limit;  // nullopt: unlimited
    std::uint32_t used = 0;              // other tools' requests included
    std::optional<Duration> opened;      // virtual time since the start; nullopt: it is not open
};

struct RequestRecord {
    RequestNumber number = 0;
    std::uint32_t connection = 0;
    std::optional<Route> route;  // nullopt: no operation of the API
    std::string path_id;         // the sequence or contact in the path
    Duration arrived{};          // virtual time since the start
    WallTime arrived_at{};
    std::optional<Duration> decided;   // when it was worked on, which is the windows' time
    std::optional<Duration> answered;  // when the last byte of its answer had been sent
    unsigned status = 0;               // what was said; 0: nothing
    bool is_processed = false;
    bool is_whole = false;    // the answer could be taken for a whole one, and all of it was sent
    bool is_counted = false;  // it used up quota
    std::optional<Window> refused_by;
    std::optional<std::array<WindowRecord, windows.size()>>
        windows_then;  // where the answer tells them
    std::vector<FaultKind> faults;
    std::uint32_t contacts = 0;  // asked for
    std::uint32_t labels = 0;
    Asked asked;
    std::uint32_t added = 0;
    std::uint32_t skipped = 0;
    std::uint32_t ended = 0;
    bool has_body = false;  // parameters came as a body
    std::uint64_t target_bytes = 0;
    std::uint64_t body_bytes = 0;
    std::uint64_t answer_bytes = 0;  // sent
    std::vector<std::string> unknown_parameters;
};

// Which records to show.
struct LogExcerpt {
    RequestNumber from = 1;
    std::optional<Route> route;  // nullopt: all
    bool with_asked = false;     // and whom each was about
};

class RequestLog {
public:
    // The record's number is where it stands in the log.
    RequestRecord& open(RequestRecord record);
    RequestRecord& at(RequestNumber number) { return records_[number - 1]; }

    RequestNumber count() const { return static_cast<RequestNumber>(records_.size()); }

    // {"requests": [{"number", "id", …}]}
    std::string json(const LogExcerpt& excerpt,
                     const std::function<std::string(RequestNumber)>& request_id) const;

    // {ROUTE: {"total", "2xx", "3xx", "4xx", "429", "5xx", "unanswered", "counted"}}: 4xx without
    // the 429s; unanswered: no whole answer was sent. other: what is no operation of the API.
    std::string counts_json() const;

private:
    std::vector<RequestRecord> records_;
};

// What other tools did, on that route or on all: [{"route", "virtual_ms", "requests", "refused"}].
std::string spendings_json(const std::vector<OtherSpending>& spendings, SteadyTime started,
                           std::optional<Route> only);

}  // namespace seqload::sandbox
