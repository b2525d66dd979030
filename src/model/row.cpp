#include "seqload/model/row.hpp"

#include <array>

namespace seqload {

std::string_view name(InvalidReason reason) {
    static constexpr std::array<std::string_view, 18> names{
        "missing_contact_or_label",
        "both_contact_and_label",
        "bad_contact_id",
        "bad_sequence_id",
        "bad_email_account_id",
        "missing_sequence_id",
        "missing_email_account_id",
        "bad_flag",
        "bad_status",
        "bad_auto_unpause_at",
        "bad_user_id",
        "bad_email_address",
        "wrong_column_count",
        "unterminated_quote",
        "record_too_long",
        "bad_utf8",
        "nul_byte",
        "label_too_long",
    };
    return names.at(static_cast<std::size_t>(reason));
}

}  // namespace seqload
