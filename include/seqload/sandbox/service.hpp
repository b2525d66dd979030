#pragma once

// The whole service without its sockets: it is told of a request and the time,
// and says what goes over the wire. Keys, quota, operations, faults, the
// record of it all, and the control paths under /sandbox.
//
// Only on the loop.

#include "seqload/base/clock.hpp"
#include "seqload/sandbox/fault_picker.hpp"
#include "seqload/sandbox/other_use.hpp"
#include "seqload/sandbox/request_log.hpp"
#include "seqload/sandbox/route_quotas.hpp"
#include "seqload/sandbox/script.hpp"
#include "seqload/sandbox/team.hpp"
#include "seqload/sandbox/world.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::sandbox {

// As it came over the wire.
struct Request {
    std::string method;
    std::string target;
    std::optional<std::string> api_key;  // header x-api-key
    std::optional<std::string> bearer;   // header Authorization: Bearer
    bool is_form = false;                // the body is application/x-www-form-urlencoded
    bool accepts_gzip = false;
    bool keep_alive = true;
    std::string body;
    std::uint32_t connection = 0;
};

struct ServiceOptions {
    QuotaLimits limits = basic_plan;
    std::uint64_t seed = 1;
    OtherUses other_uses = {};  // what the team's other tools do from the start on
};

// A request between its arrival and its answer.
struct Arrival {
    RequestNumber number = 0;  // 0: a control path, which is not recorded
    std::uint32_t epoch = 0;   // of which record the number is, see POST /sandbox/reset
    std::string path;
    std::optional<RouteMatch> match;
    NoRoute no_route = NoRoute::unknown_path;
    Result<Parameters> parameters;
    Strike strike;

    // How long to wait before answer() is called.
    std::vector<Pause> pauses(Moment moment) const;
};

class Service {
public:
    Service(World world, FaultRules faults, const ServiceOptions& options, SteadyTime now,
            WallTime wall);
    ~Service();

    // The request has come: it is recorded, and the faults that strike it are chosen.
    Arrival receive(const Request& request, SteadyTime now, WallTime wall);

    // The request is worked on, after the pauses of the moment before; the script begins with those
    // of the moment after.
    Script answer(const Request& request, const Arrival& arrival, SteadyTime now, WallTime wall);

    // So much of the script has gone out by now; is_complete: all of it.
    void sent(const Arrival& arrival, const Script& script, std::uint64_t bytes, bool is_complete,
              SteadyTime now);

    // The x-request-id of that request: a UUID that follows from the seed and ends in the number.
    std::string request_id(RequestNumber number) const;

private:
    struct Verdict;

    void reset(SteadyTime now, WallTime wall);
    Verdict verdict(const Request& request, const Arrival& arrival, SteadyTime now, WallTime wall);
    std::optional<Answer> refused_key(const Request& request, Route route) const;
    Answer struck_before(const Arrival& arrival, const FaultRule& fault, SteadyTime now);
    Effect perform(const Arrival& arrival, SteadyTime now, WallTime wall);
    Answer usage_stats(SteadyTime now);
    Answer control(const Request& request, const Arrival& arrival, SteadyTime now, WallTime wall);
    void note_windows(RequestRecord& record, SteadyTime now);
    Answer ledger(const Parameters& parameters) const;
    Answer requests(const Parameters& parameters, SteadyTime now);
    Answer spend(const Request& request, SteadyTime now);
    RequestRecord& record(RequestNumber number) { return log_.at(number); }

    World start_;
    FaultRules fault_rules_;
    ServiceOptions options_;
    SteadyTime started_;
    std::unique_ptr<Team> team_;
    FaultPicker picker_;
    std::unique_ptr<RouteQuotas> quotas_;
    RequestLog log_;
    std::uint32_t epoch_ = 0;  // how often the record was begun anew
};

}  // namespace seqload::sandbox
