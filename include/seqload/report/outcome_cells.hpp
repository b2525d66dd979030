#pragma once

// What became of a row as cells of report.csv, from status to settled_at. Pure.
//
// Rows of one batch mostly have all of it in common, and stand near one another: it is put into
// words once for them.

#include "seqload/report/csv_writer.hpp"
#include "seqload/report/time_text.hpp"
#include "seqload/state/outcome_cursor.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

class OutcomeCells {
public:
    // As for CsvWriter.
    explicit OutcomeCells(bool spreadsheet_safe) : words_(spreadsheet_safe) {}

    // With commas between them. Valid until the next call.
    std::string_view operator()(const state::RecordedOutcome& recorded);

private:
    struct Remembered {
        state::RecordedOutcome recorded{};
        std::string cells;  // empty: none yet
    };

    std::string_view put_into_words(const state::RecordedOutcome& recorded);

    CsvWriter words_;
    TimeText time_text_;
    std::vector<Remembered> remembered_;  // each batch at its own place
};

}  // namespace seqload::report
