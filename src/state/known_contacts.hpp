#pragma once

// Which contacts the outcomes of a batch show to be in its sequence. Pure.

#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/stored.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace seqload::state {

struct Known {
    Id contact;
    stored::KnownAs how = stored::KnownAs::added;

    bool operator==(const Known&) const = default;
};

// What this outcome says of its contact: that it was added, that it was there
// already, or nothing. What was only taken from the ledger (known_from_run_…)
// does not go back into it.
std::optional<stored::KnownAs> known_as(RowStatus status, std::string_view reason);

// By contact, so that they lie close together in the ledger; of one that is in
// here twice, that it was added comes first. The outcomes are about exactly the
// batch's rows.
std::vector<Known> known_from(const Batch& batch, std::span<const Outcome> outcomes,
                              std::span<const LabelContact> label_contacts);

}  // namespace seqload::state
