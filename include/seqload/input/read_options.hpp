#pragma once

// How the input is to be read: what the command line says about it.

#include "seqload/base/clock.hpp"
#include "seqload/input/column.hpp"
#include "seqload/input/name_table.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace seqload::input {

// What a row gets for a cell that it leaves empty; where there is a column for the id and one for
// the name, for both being empty. Of an id and a name for one thing at most one is given.
struct RowDefaults {
    std::optional<Id> sequence;
    std::string sequence_called;  // empty: not by name
    std::vector<Id> mailboxes;    // in any order, empty: each row names its own
    std::vector<std::string> mailboxes_called;
    std::string from_address;
    std::optional<Id> user;
    std::string user_called;
    InitialStatus status = InitialStatus::unspecified;
    std::string auto_unpause_at;  // applies to the rows that are to start paused
    Flags flags;
};

struct ReadOptions {
    std::optional<char> delimiter;  // , ; tab or |; nullopt: found from each header

    // --map: the column (first) goes by this name (second) in the files; no name: it is in no
    // file, and a column that is called so means nothing to us.
    std::vector<std::pair<Column, std::string>> column_names;

    RowDefaults defaults;

    // What the names in the rows and in the defaults mean. One that is not in here has not been
    // looked up, and a stand-in takes the place of its id.
    NameTable names;

    // Judges "in the past" for auto_unpause_at. A later pass, and a resumed run,
    // give the same moment again: a good row must not turn bad between passes.
    WallTime now{};
};

}  // namespace seqload::input
