#pragma once

// The summary for a person, at the end of a run: what matters first, then the
// numbers, the files, and what to do next. Pure.

#include "seqload/base/error.hpp"
#include "seqload/report/row_files.hpp"
#include "seqload/report/summary.hpp"

#include <optional>
#include <string>

namespace seqload::report {

// files: as they were written; nullopt if they were not. Plain text without
// colours, whole lines; what the input or a server says is made printable.
std::string summary_text(const Summary& summary, const std::optional<RowFiles>& files,
                         bool fail_on_skipped);

}  // namespace seqload::report
