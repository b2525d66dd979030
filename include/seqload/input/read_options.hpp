#pragma once

// How the input is to be read: what the command line says about it.

#include "seqload/base/clock.hpp"
#include "seqload/input/column.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace seqload::input {

// What a row gets for a cell that it leaves empty.
struct RowDefaults {
    std::optional<Id> sequence;
    std::vector<Id> mailboxes;  // in any order, empty: each row names its own
    std::string from_address;
    std::optional<Id> user;
    InitialStatus status = InitialStatus::unspecified;
    std::string auto_unpause_at;  // applies to the rows that are to start paused
    Flags flags;
};

struct ReadOptions {
    std::optional<char> delimiter;  // , ; tab or |; nullopt: found from each header

    // --map: the column (first) goes by this name (second) in the files.
    std::vector<std::pair<Column, std::string>> column_names;

    RowDefaults defaults;

    // Judges "in the past" for auto_unpause_at. A later pass, and a resumed run,
    // give the same moment again: a good row must not turn bad between passes.
    WallTime now{};
};

}  // namespace seqload::input
