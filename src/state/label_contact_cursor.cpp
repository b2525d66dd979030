#include "seqload/state/label_contact_cursor.hpp"

#include "bytes.hpp"
#include "result_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <string>
#include <utility>

namespace seqload::state {

namespace {

constexpr const char* label_contacts_query = R"sql(
SELECT c.row, c.contact, c.status, r.text
FROM label_contacts c
LEFT JOIN reasons r ON r.reason = c.reason
WHERE c.run = ?
ORDER BY c.row, c.position
)sql";

}  // namespace

class LabelContactCursor::Impl {
public:
    Impl(std::shared_ptr<Connection> connection, std::int64_t run)
        : rows_(std::move(connection), label_contacts_query, run) {}

    Result<std::optional<LabelContact>> next() {
        return rows_.next<LabelContact>([this](const auto& row) { return read(row); });
    }

private:
    Result<LabelContact> read(const SQLite::Statement& row) const {
        const auto number = static_cast<RowNumber>(row.getColumn(0).getInt64());
        const std::string contact = text_at(row, 1);
        const auto status = stored::row_status(row.getColumn(2).getInt64());
        if (!status || contact.size() != Id::size)
            return std::unexpected(damage(
                joined("a person whom row ", std::to_string(number), " reached cannot be read"),
                rows_.connection().file));
        return LabelContact{.row = number,
                            .contact = id_at(contact, 0),
                            .status = *status,
                            .reason = text_at(row, 3)};
    }

    ResultRows rows_;
};

LabelContactCursor::LabelContactCursor(std::shared_ptr<Connection> connection, std::int64_t run)
    : impl_(std::make_unique<Impl>(std::move(connection), run)) {}

LabelContactCursor::LabelContactCursor(LabelContactCursor&&) noexcept = default;
LabelContactCursor& LabelContactCursor::operator=(LabelContactCursor&&) noexcept = default;
LabelContactCursor::~LabelContactCursor() = default;

Result<std::optional<LabelContact>> LabelContactCursor::next() {
    return impl_->next();
}

}  // namespace seqload::state
