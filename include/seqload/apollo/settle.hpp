#pragma once

// From Apollo's answer to what became of each row of the batch: every row comes
// out exactly once, whatever the answer names.
//
// A contact: `added`, `skipped`, or `already_in_sequence` as Apollo said;
// `unconfirmed` if it did not name it (`accepted_as_job` if it took the work for
// later, else `not_named`). Whom we did not ask for is ignored.
//
// A label alone in its request: everyone named was reached by it. At least one
// added: `added`. All there already: `already_in_sequence`. Else all refused:
// `skipped` with the most frequent reason (of equally frequent ones the first by
// name). Nobody at all: `skipped`, `label_matched_nobody`.
//
// Several labels in one request: Apollo does not say which of them reached whom.
//   - That nobody was added holds for each label: they share the status that one
//     label would have.
//   - If somebody was added, some label was, but not known which, so that no row
//     may claim it: all are `unconfirmed`, `not_named`.
//   - Counts and people stand on the first row of the request only.
//
// earlier_answer_lost: an earlier try of these rows may have been carried out.
// Then whoever is there already may be there because of us (`answer_lost`); a
// label that added nobody is `already_in_sequence`, `answer_lost` as soon as one of
// its people is.

#include "seqload/apollo/add_answer.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"

#include <string_view>
#include <vector>

namespace seqload::apollo {

struct Settlement {
    std::vector<Outcome> outcomes;  // in the order of the batch's rows
    std::vector<LabelContact> label_contacts;

    bool operator==(const Settlement&) const = default;
};

Settlement settle(const Batch& asked, const AddAnswer& answer, bool earlier_answer_lost);

// The same outcome for every row, without counts: Apollo decided nothing.
std::vector<Outcome> all(const Batch& batch, RowStatus status, std::string_view reason,
                         std::string_view detail);

}  // namespace seqload::apollo
