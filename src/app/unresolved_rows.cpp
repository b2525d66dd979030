#include "seqload/app/unresolved_rows.hpp"

#include "seqload/app/name_resolution.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace seqload::app {

namespace {

bool is_known_by_ids(const Target& target, const TargetTable& targets) {
    const auto is_stand_in = [&](const Id& id) { return targets.called(id) != nullptr; };
    return !is_stand_in(target.sequence) && std::ranges::none_of(target.mailboxes, is_stand_in) &&
           !(target.user && is_stand_in(*target.user));
}

}  // namespace

UnresolvedRows::UnresolvedRows(const input::NameTable& names, const TargetTable& targets)
    : found_(unresolved(names)), unusable_(found_, targets) {}

void UnresolvedRows::fail_in(KnownRows& known) {
    if (unusable_.empty())
        return;
    known.outcome = [this, before = std::move(known.outcome)](
                        const Row& row) -> Result<std::optional<Outcome>> {
        if (auto failed = unusable_.outcome_of(row))
            return failed;
        return before ? before(row) : std::nullopt;
    };
}

void require_ids(const plan::Planner& planner, const TargetTable& targets) {
    if (!targets.calls_any())
        return;
    for (TargetIndex target = 0; target < planner.target_count(); ++target) {
        const plan::TargetLoad load = planner.load(target);
        const bool has_rows = load.contact_rows > 0 || load.label_rows > 0;
        if (has_rows && !is_known_by_ids(targets[target], targets))
            throw std::logic_error("rows would be sent to what is known by name only");
    }
}

}  // namespace seqload::app
