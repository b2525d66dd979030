#include "seqload/input/column.hpp"

#include "seqload/model/target.hpp"

#include <algorithm>

namespace seqload::input {

namespace {

static_assert(column_count == first_flag_column + flag_count);
static_assert(place(Column::sequence_no_email) == first_flag_column);
static_assert(id_column_of(Column::sequence) == Column::sequence_id);
static_assert(id_column_of(Column::email_account) == Column::email_account_id);
static_assert(id_column_of(Column::user) == Column::user_id);

constexpr std::array<std::string_view, first_flag_column> plain_names{
    "contact_id",
    "label",
    "sequence_id",
    "sequence",
    "email_account_id",
    "email_account",
    "send_email_from_email_address",
    "user_id",
    "user",
    "status",
    "auto_unpause_at",
};

struct Alias {
    std::string_view normalized;
    Column column;
};

// Apollo's own export calls the id "Apollo Contact Id" (facts.md); the rest are
// the API's names.
constexpr std::array aliases{
    Alias{"apollocontactid", Column::contact_id},
    Alias{"labelname", Column::label},
    Alias{"emailercampaignid", Column::sequence_id},
    Alias{"sendemailfromemailaccountid", Column::email_account_id},
};

constexpr std::array result_columns{std::string_view("resultstatus"),
                                    std::string_view("resultreason"),
                                    std::string_view("resultdetail")};

constexpr auto columns_in_order = [] {
    std::array<Column, column_count> columns{};
    for (std::size_t index = 0; index < column_count; ++index)
        columns[index] = static_cast<Column>(index);
    return columns;
}();

}  // namespace

std::span<const Column, column_count> all_columns() {
    return columns_in_order;
}

std::string_view name(Column column) {
    const std::size_t index = place(column);
    return index < first_flag_column ? plain_names[index] : flag_names[index - first_flag_column];
}

std::string normalized_name(std::string_view header_name) {
    std::string normalized;
    for (const char character : header_name) {
        if (character == ' ' || character == '_' || character == '-')
            continue;
        const bool is_upper = character >= 'A' && character <= 'Z';
        normalized += is_upper ? static_cast<char>(character - 'A' + 'a') : character;
    }
    return normalized;
}

std::optional<Column> column_named(std::string_view header_name) {
    static const auto own_names = [] {
        std::array<std::string, column_count> names;
        for (const Column column : columns_in_order)
            names[place(column)] = normalized_name(name(column));
        return names;
    }();
    const std::string normalized = normalized_name(header_name);
    const auto own = std::ranges::find(own_names, normalized);
    if (own != own_names.end())
        return static_cast<Column>(own - own_names.begin());
    const auto alias = std::ranges::find(aliases, normalized, &Alias::normalized);
    return alias == aliases.end() ? std::nullopt : std::optional(alias->column);
}

bool is_result_column(std::string_view header_name) {
    return std::ranges::find(result_columns, normalized_name(header_name)) != result_columns.end();
}

}  // namespace seqload::input
