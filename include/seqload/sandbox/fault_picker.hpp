#pragma once

// Which fault strikes which request. A plain object: chance comes in as drawn
// numbers.

#include "seqload/sandbox/fault.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

struct RequestFacts {
    Route route = Route::add_contact_ids;
    std::string_view sequence;              // in the path; empty if there is none
    std::span<const std::string> contacts;  // asked for
    std::size_t rows = 0;                   // contacts and labels asked for
};

// Latencies add up; of everything else the first rule that hits strikes alone.
struct Strike {
    std::vector<FaultRule> latencies;
    std::optional<FaultRule> fault;
};

class FaultPicker {
public:
    explicit FaultPicker(FaultRules rules);

    // A request has arrived. drawn(rule) is asked for a number in [0, 1) where a rule leaves it to
    // chance, rules counted from 0.
    Strike pick(const RequestFacts& facts, const std::function<double(std::size_t)>& drawn);

private:
    struct Watched {
        FaultRule rule;
        std::uint64_t matched = 0;
        std::uint64_t struck = 0;
    };

    std::vector<Watched> rules_;
};

}  // namespace seqload::sandbox
