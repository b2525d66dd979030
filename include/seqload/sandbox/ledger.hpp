#pragma once

// What was really done to whom, in the order in which it happened, whatever the
// client came to hear of it. This is what tests compare a report with.

#include "seqload/sandbox/memberships.hpp"
#include "seqload/sandbox/world.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace seqload::sandbox {

using RequestNumber = std::uint32_t;  // from 1, in the order of arrival

enum class Deed : std::uint8_t { added, removed, stopped, finished };

struct LedgerEntry {
    ContactIndex contact = 0;
    SequenceIndex sequence = 0;
    RequestNumber request = 0;
    Deed deed = Deed::added;
};

class Ledger {
public:
    void record(Deed deed, ContactIndex contact, SequenceIndex sequence, RequestNumber request);

    std::uint64_t total(Deed deed) const { return totals_[static_cast<std::size_t>(deed)]; }

    // The ledger as JSON:
    //   {"totals": {"added", "added_more_than_once", "removed", "stopped", "finished"},
    //    "sequences": {ID: {"name", "added", "in_sequence", "contacts": {ID: {"added": times,
    //     "removed": times, "stopped", "finished", "status": "active", "requests": [request
    //     id]}}}}}
    // added_more_than_once counts the contacts that were added again to a sequence without having
    // been removed in between. A contact that nothing was done to is not listed. only: this
    // sequence alone; with_contacts false: "contacts" is left out.
    std::string json(const World& world, const Memberships& memberships,
                     const std::function<std::string(RequestNumber)>& request_id,
                     std::optional<SequenceIndex> only, bool with_contacts) const;

private:
    std::vector<LedgerEntry> entries_;
    std::array<std::uint64_t, 4> totals_{};
};

}  // namespace seqload::sandbox
