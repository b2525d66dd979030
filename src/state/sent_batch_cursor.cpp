#include "seqload/state/sent_batch_cursor.hpp"

#include "result_rows.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <utility>

namespace seqload::state {

namespace {

constexpr const char* sent_batches_query = R"sql(
SELECT batch, state, sent_at, changed_at, http_status, attempts, request_id
FROM batches
WHERE run = ? AND sent_at IS NOT NULL
ORDER BY sent_at, batch
)sql";

}  // namespace

class SentBatchCursor::Impl {
public:
    Impl(std::shared_ptr<Connection> connection, std::int64_t run)
        : rows_(std::move(connection), sent_batches_query, run) {}

    Result<std::optional<SentBatch>> next() {
        return rows_.next<SentBatch>([this](const auto& row) { return read(row); });
    }

private:
    Result<SentBatch> read(const SQLite::Statement& row) const {
        const BatchNumber number = row.getColumn(0).getInt64();
        const auto state = stored::batch_state(row.getColumn(1).getInt64());
        if (!state)
            return std::unexpected(
                damage(joined("batch ", std::to_string(number), " cannot be read"),
                       rows_.connection().file));
        SentBatch sent{.batch = number,
                       .state = *state,
                       .sent_at = time_at(row, 2),
                       .changed_at = time_at(row, 3),
                       .http_status = std::nullopt,
                       .attempts = static_cast<std::uint32_t>(row.getColumn(5).getInt64()),
                       .request_id = text_at(row, 6)};
        if (const auto status = optional_at(row, 4))
            sent.http_status = static_cast<unsigned>(*status);
        return sent;
    }

    ResultRows rows_;
};

SentBatchCursor::SentBatchCursor(std::shared_ptr<Connection> connection, std::int64_t run)
    : impl_(std::make_unique<Impl>(std::move(connection), run)) {}

SentBatchCursor::SentBatchCursor(SentBatchCursor&&) noexcept = default;
SentBatchCursor& SentBatchCursor::operator=(SentBatchCursor&&) noexcept = default;
SentBatchCursor::~SentBatchCursor() = default;

Result<std::optional<SentBatch>> SentBatchCursor::next() {
    return impl_->next();
}

}  // namespace seqload::state
