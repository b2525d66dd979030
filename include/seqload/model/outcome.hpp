#pragma once

// What became of a row: a status, a reason and what Apollo said.

#include "seqload/model/id.hpp"
#include "seqload/model/row.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload {

// spec.md, "What becomes of a row". The numbers are stored in the state and
// never change.
enum class RowStatus : std::uint8_t {
    added = 1,
    already_in_sequence = 2,
    skipped = 3,
    duplicate = 4,
    excluded = 5,
    invalid = 6,
    failed = 7,
    unconfirmed = 8,
    not_attempted = 9,
};

inline constexpr std::array row_statuses{
    RowStatus::added,         RowStatus::already_in_sequence,
    RowStatus::skipped,       RowStatus::duplicate,
    RowStatus::excluded,      RowStatus::invalid,
    RowStatus::failed,        RowStatus::unconfirmed,
    RowStatus::not_attempted,
};

// The status as the reports spell it.
std::string_view name(RowStatus status);

// Whether a row of this status needs a person, where skipped ones count only
// with --fail-on-skipped.
bool needs_person(RowStatus status, bool fail_on_skipped);

// Our own reasons; Apollo's are passed on as they come.
namespace reason {
inline constexpr std::string_view paused = "paused";
inline constexpr std::string_view answer_lost = "answer_lost";
inline constexpr std::string_view label_matched_nobody = "label_matched_nobody";
inline constexpr std::string_view contacts_in_other_rows = "contacts_in_other_rows";
inline constexpr std::string_view same_as_row = "same_as_row";  // shown with "_N" after it
inline constexpr std::string_view sequence_not_found = "sequence_not_found";
inline constexpr std::string_view mailbox_inactive = "mailbox_inactive";
inline constexpr std::string_view mailbox_not_supported = "mailbox_not_supported";
inline constexpr std::string_view rejected = "rejected";
inline constexpr std::string_view gave_up = "gave_up";
inline constexpr std::string_view not_named = "not_named";
inline constexpr std::string_view accepted_as_job = "accepted_as_job";
inline constexpr std::string_view unspecified = "unspecified";
inline constexpr std::string_view known_from_run = "known_from_run_";  // then the run's id
inline constexpr std::string_view verified = "verified";
inline constexpr std::string_view not_in_sequence = "not_in_sequence";
inline constexpr std::string_view label_not_found = "label_not_found";
inline constexpr std::string_view user_not_found = "user_not_found";
inline constexpr std::string_view contact_not_found = "contact_not_found";
}  // namespace reason

struct Outcome {
    RowNumber row = 0;
    RowStatus status = RowStatus::not_attempted;
    std::string reason;     // one word; empty if there is nothing to add to the status
    std::string detail;     // free text for a person; may be empty
    RowNumber same_as = 0;  // duplicate: the row that it repeats
    // How many people a label reached; for a contact 1/0 where Apollo decided.
    std::optional<std::uint32_t> contacts_added;
    std::optional<std::uint32_t> contacts_skipped;

    bool operator==(const Outcome&) const = default;
};

// The reason with what belongs to it: "same_as_row_17".
std::string full_reason(const Outcome& outcome);

// One person whom a label reached.
struct LabelContact {
    RowNumber row = 0;
    Id contact;
    RowStatus status = RowStatus::added;
    std::string reason;

    bool operator==(const LabelContact&) const = default;
};

}  // namespace seqload
