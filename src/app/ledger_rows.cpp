#include "seqload/app/ledger_rows.hpp"

#include "seqload/base/joined.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

Result<std::optional<Outcome>> known_outcome(state::Ledger& ledger, const TargetTable& targets,
                                             const Row& row) {
    auto source = ledger.find(targets.sequence(row.target), row.contact);
    if (!source)
        return std::unexpected(std::move(source.error()));
    if (!*source)
        return std::nullopt;
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::already_in_sequence;
    outcome.reason = joined(reason::known_from_run, **source);
    return outcome;
}

}  // namespace

KnownRows rows_known_from(state::Ledger ledger, const TargetTable& targets) {
    const auto shared = std::make_shared<state::Ledger>(std::move(ledger));
    KnownRows known;
    known.outcome = [shared, &targets](const Row& row) -> Result<std::optional<Outcome>> {
        if (row.is_label())
            return std::nullopt;
        return known_outcome(*shared, targets, row);
    };
    return known;
}

}  // namespace seqload::app
