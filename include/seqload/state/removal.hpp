#pragma once

// What an undo takes back, one contact in one sequence at a time, and what
// became of it.

#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/row.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::state {

// A contact that a load put into a sequence, and the row that asked for it: the
// row that named the contact, or whose label reached it.
struct AddedContact {
    RowNumber row = 0;
    Id contact{};
    Id sequence{};

    bool operator==(const AddedContact&) const = default;
};

// Whom an undo is about.
struct UndoScope {
    bool include_answer_lost = false;  // those, too, whom perhaps not this run has added
    std::string mode = "remove";       // as the undo's options spell it: stopped is not removed
};

// The numbers are stored and never change (stored.hpp).
enum class RemovalStatus : std::uint8_t {
    waiting = 1,          // not settled: to be removed, perhaps sent already
    removed = 2,          // Apollo carried it out
    not_in_sequence = 3,  // there was nothing to remove
    failed = 4,
};

// "not_attempted", "removed", "not_in_sequence", "failed".
std::string_view name(RemovalStatus status);

struct Removal {
    std::uint64_t number = 0;  // from 1, in the order of Store::added_contacts
    RowNumber row = 0;
    Id contact{};
    Id sequence{};
    RemovalStatus status = RemovalStatus::waiting;
    std::string reason{};
    std::string detail{};
    std::optional<unsigned> http_status{};  // nullopt: no answer came
    std::uint32_t attempts = 0;
    std::string request_id{};  // empty: none
    std::optional<WallTime> settled_at{};

    bool operator==(const Removal&) const = default;
};

}  // namespace seqload::state
