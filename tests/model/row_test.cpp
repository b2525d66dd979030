#include "seqload/model/row.hpp"

#include <set>
#include <stdexcept>
#include <string_view>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("the reasons are called as the contract says, each by its own name") {
    const std::set<std::string_view> expected{"missing_contact_or_label",
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
                                              "label_too_long"};
    std::set<std::string_view> found;
    const auto last = static_cast<unsigned>(InvalidReason::label_too_long);
    for (unsigned reason = 0; reason <= last; ++reason)
        found.insert(name(static_cast<InvalidReason>(reason)));
    CHECK(found == expected);
    CHECK(name(InvalidReason::missing_contact_or_label) == "missing_contact_or_label");
    CHECK(name(InvalidReason::bad_auto_unpause_at) == "bad_auto_unpause_at");
    CHECK(name(InvalidReason::label_too_long) == "label_too_long");
    CHECK_THROWS_AS(name(static_cast<InvalidReason>(last + 1)), std::out_of_range);
}

TEST_CASE("a row with a label is a label's, any other a contact's") {
    Row row;
    CHECK_FALSE(row.is_label());
    row.label = " ";
    CHECK(row.is_label());
}
