#pragma once

// Says what is wrong with invalid rows as they are found, the first few in full (what a reason
// means with the first row that has it) and the rest by number, so that a bad file does not flood a
// terminal.

#include "seqload/input/input_set.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace seqload::app {

class RowRemarks {
public:
    // The files must outlive this object.
    RowRemarks(const input::InputSet& files, bool quiet) : files_(files), quiet_(quiet) {}

    // Outcomes of rows that will not be sent; only invalid ones are remarked on.
    void take(const Row& row, const Outcome& outcome);

    // The number of those that were not shown.
    void finish() const;

private:
    const input::InputSet& files_;
    bool quiet_;
    std::uint64_t invalid_ = 0;
    std::set<std::string> explained_;
};

// "leads.csv:2: row 1: bad_contact_id: nobody", with a line feed at its end; with its meaning, a
// line follows on what the reason means and what to do about it. Pure.
std::string remark_on(std::string_view file, const Row& row, const Outcome& outcome,
                      bool with_meaning);

}  // namespace seqload::app
