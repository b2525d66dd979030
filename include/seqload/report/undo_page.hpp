#pragma once

// report.html of an undo: what became of the contacts, and the first of those that
// could not be taken back. As bounded in size as that of a load (page.hpp). Pure.

#include "seqload/report/undo_report.hpp"
#include "seqload/state/removal.hpp"

#include <span>
#include <string>

namespace seqload::report {

std::string undo_page_text(const UndoSummary& summary, std::span<const state::Removal> removals);

}  // namespace seqload::report
