#pragma once

// The plan for a person and for programs. Pure.

#include "seqload/app/planned_input.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/plan/canary.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace seqload::app {

// What Apollo has said of the team, for names in place of ids.
struct PlanNames {
    const TeamNeeds& needs;
    const Team& team;
    std::string as_of;  // "as Apollo said 12 min ago"; empty: asked just now
};

// A table of targets, and the rows that are not sent; the forecast follows it
// (forecast_text.hpp). At most 20 targets are shown, those with the most rows.
// With names, sequences, mailboxes and users go by them, and each label says how many contacts it
// reaches. columns: of the terminal that shows it, if there is one.
std::string plan_text(const PlannedInput& input, const plan::Canary& canary,
                      std::optional<std::size_t> columns, const PlanNames* names = nullptr);

}  // namespace seqload::app
