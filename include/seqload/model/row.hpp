#pragma once

// One data record of the input, read and judged on its own: either good, with
// a contact or a label and a target, or invalid with a reason.

#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload {

// Data records counted from 1 over all files; 0 is no row. 32 bits, because a
// row in waiting is kept small: an input may have 4,294,967,295 rows.
using RowNumber = std::uint32_t;

// Why a row is invalid (spec.md, "Input" and "Fine print").
enum class InvalidReason : std::uint8_t {
    missing_contact_or_label,
    both_contact_and_label,
    bad_contact_id,
    bad_sequence_id,
    bad_email_account_id,
    missing_sequence_id,
    missing_email_account_id,
    bad_flag,
    bad_status,
    bad_auto_unpause_at,
    bad_user_id,
    bad_email_address,
    wrong_column_count,
    unterminated_quote,
    record_too_long,
    bad_utf8,
    nul_byte,
    label_too_long,
};

// The reason as the reports spell it: "bad_contact_id".
std::string_view name(InvalidReason reason);

struct Row {
    RowNumber number = 0;
    std::uint32_t file = 0;  // index of the input file, from 0
    std::uint64_t line = 0;  // physical line in its file, from 1, where the record starts

    std::optional<InvalidReason> invalid;
    std::string detail;  // invalid: the offending text or what is wrong, for a person

    // A good row has either a label (not empty) or else a contact.
    Id contact;
    std::string label;
    TargetIndex target = 0;

    bool is_label() const { return !label.empty(); }
};

}  // namespace seqload
