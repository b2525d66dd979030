#pragma once

// The columns that mean something to us, and the names they go by (spec.md,
// "Input"). Case, spaces, '_' and '-' in a name do not matter.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seqload::input {

// The nine flags come last, in the order of seqload::Flag.
enum class Column : std::uint8_t {
    contact_id,
    label,
    sequence_id,
    sequence,
    email_account_id,
    email_account,
    send_email_from_email_address,
    user_id,
    user,
    status,
    auto_unpause_at,
    sequence_no_email,
    sequence_unverified_email,
    sequence_job_change,
    sequence_active_in_other_campaigns,
    sequence_finished_in_other_campaigns,
    sequence_same_company_in_same_campaign,
    contacts_without_ownership_permission,
    add_if_in_queue,
    contact_verification_skipped,
};

inline constexpr std::size_t column_count = 20;
inline constexpr std::size_t first_flag_column = 11;

constexpr std::size_t place(Column column) {
    return static_cast<std::size_t>(column);
}

// Every column, in the order of the enumeration.
std::span<const Column, column_count> all_columns();

// The columns that say by a name what the one before it in the enumeration says by its id.
inline constexpr std::array name_columns{Column::sequence, Column::email_account, Column::user};

constexpr bool is_name_column(Column column) {
    return column == Column::sequence || column == Column::email_account || column == Column::user;
}

// That other column.
constexpr Column id_column_of(Column name_column) {
    return static_cast<Column>(place(name_column) - 1);
}

// The column's name as the spec and the API spell it: "contact_id".
std::string_view name(Column column);

// The name with what does not matter taken out: "Apollo Contact-Id" is "apollocontactid".
std::string normalized_name(std::string_view header_name);

// The column that goes by this name or one of its aliases; nullopt if it is not ours.
std::optional<Column> column_named(std::string_view header_name);

// result_status, result_reason, result_detail: written by us into attention.csv
// and of no meaning when such a file is loaded again.
bool is_result_column(std::string_view header_name);

}  // namespace seqload::input
