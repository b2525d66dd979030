#include "batch_table.hpp"

#include "binding.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/members.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <string_view>
#include <utility>

namespace seqload::state {

namespace {

constexpr const char* select_batch =
    "SELECT batch, target, state, attempts, members_kind, members FROM batches WHERE run = ?";

// A result row of select_batch.
Result<OpenBatch> read_batch(const SQLite::Statement& row, const std::string& file) {
    const std::int64_t number = row.getColumn(0).getInt64();
    const auto target = static_cast<TargetIndex>(row.getColumn(1).getInt64());
    const auto state = stored::batch_state(row.getColumn(2).getInt64());
    const auto kind = stored::members_kind(row.getColumn(4).getInt64());
    const SQLite::Column members = row.getColumn(5);
    const std::string_view bytes(static_cast<const char*>(members.getBlob()),
                                 static_cast<std::size_t>(members.getBytes()));
    auto content = kind ? decode_members(target, *kind, bytes) : std::nullopt;
    if (!state || !content)
        return std::unexpected(
            damage(joined("batch ", std::to_string(number), " cannot be read"), file));
    return OpenBatch{
        .number = number,
        .content = *std::move(content),
        .state = *state,
        .attempts = static_cast<std::uint32_t>(row.getColumn(3).getInt64()),
    };
}

}  // namespace

BatchTable::BatchTable(SQLite::Database& database, std::string file)
    : file_(std::move(file)),
      find_(database, joined(select_batch, " AND batch = ?")),
      insert_(
          database,
          "INSERT INTO batches (run, batch, target, parent, state, attempts, sent_at, changed_at, "
          "members_kind, members) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      step_(database, "UPDATE batches SET state = ?, changed_at = ? WHERE run = ? AND batch = ?"),
      send_(database,
            "UPDATE batches SET state = ?, changed_at = ?, sent_at = ?, attempts = ? "
            "WHERE run = ? AND batch = ?"),
      take_back_(database,
                 "UPDATE batches SET state = ?, changed_at = ?, attempts = attempts - 1 "
                 "WHERE run = ? AND batch = ?"),
      settle_(database,
              "UPDATE batches SET state = ?, changed_at = ?, attempts = ?, "
              "http_status = nullif(?, 0), request_id = nullif(?, ''), common_status = "
              "nullif(?, 0), common_reason = ?, common_detail = ?, common_contacts_added = ?, "
              "common_contacts_skipped = ?, common_rows = nullif(?, 0) "
              "WHERE run = ? AND batch = ?"),
      take_from_common_(
          database,
          "UPDATE batches SET common_rows = common_rows - 1 WHERE run = ? AND batch = ?") {}

Result<std::optional<OpenBatch>> BatchTable::find(std::int64_t run, BatchNumber batch) {
    start(find_, run, batch);
    if (!find_.executeStep())
        return std::nullopt;
    auto found = read_batch(find_, file_);
    find_.reset();
    return found;
}

void BatchTable::insert(std::int64_t run, BatchNumber batch, const Batch& content,
                        const BatchStep& step, std::optional<BatchNumber> parent) {
    const std::string members = encode_members(content);
    carry_out(insert_, run, batch, content.target, parent, std::to_underlying(step.state), 0,
              std::optional<WallTime>(), step.at, std::to_underlying(members_kind(content)),
              Blob{members});
}

void BatchTable::insert_sent(std::int64_t run, BatchNumber batch, const Batch& content,
                             const BatchStep& step, std::uint32_t attempt) {
    const std::string members = encode_members(content);
    carry_out(insert_, run, batch, content.target, std::optional<BatchNumber>(),
              std::to_underlying(step.state), attempt, step.at, step.at,
              std::to_underlying(members_kind(content)), Blob{members});
}

template <class... Values>
Result<void> BatchTable::update(SQLite::Statement& statement, std::int64_t run, BatchNumber batch,
                                const Values&... values) {
    start(statement, values..., run, batch);
    const int updated = statement.exec();
    statement.reset();
    if (updated != 1)
        return std::unexpected(contradiction(
            joined("batch ", std::to_string(batch), " is not on record any more"), file_));
    return {};
}

Result<void> BatchTable::step(std::int64_t run, BatchNumber batch, const BatchStep& step) {
    return update(step_, run, batch, std::to_underlying(step.state), step.at);
}

Result<void> BatchTable::send(std::int64_t run, BatchNumber batch, const BatchStep& step,
                              std::uint32_t attempt) {
    return update(send_, run, batch, std::to_underlying(step.state), step.at, step.at, attempt);
}

Result<void> BatchTable::take_back(std::int64_t run, BatchNumber batch, const BatchStep& step) {
    return update(take_back_, run, batch, std::to_underlying(step.state), step.at);
}

Result<void> BatchTable::settle(std::int64_t run, BatchNumber batch, const BatchStep& step,
                                const BatchAnswer& answer, const CommonFacts& common) {
    return update(settle_, run, batch, std::to_underlying(step.state), step.at, answer.attempts,
                  answer.http_status, answer.request_id, common.status, common.reason,
                  common.detail, common.contacts_added, common.contacts_skipped, common.rows);
}

void BatchTable::take_from_common(std::int64_t run, BatchNumber batch) {
    carry_out(take_from_common_, run, batch);
}

Result<std::vector<OpenBatch>> read_open_batches(SQLite::Database& database,
                                                 const std::string& file, std::int64_t run) {
    SQLite::Statement rows(database, joined(select_batch, " AND state <= ? ORDER BY batch"));
    start(rows, run, std::to_underlying(BatchState::in_flight_in_doubt));
    std::vector<OpenBatch> batches;
    while (rows.executeStep()) {
        auto batch = read_batch(rows, file);
        if (!batch)
            return std::unexpected(batch.error());
        batches.push_back(*std::move(batch));
    }
    return batches;
}

Result<void> for_each_settled_contact(
    SQLite::Database& database, const std::string& file, std::int64_t run,
    const std::function<void(TargetIndex, const ContactRow&)>& visit) {
    SQLite::Statement rows(database, joined(select_batch, " AND state = ? AND members_kind = ?"));
    start(rows, run, std::to_underlying(BatchState::settled),
          std::to_underlying(stored::MembersKind::contacts));
    while (rows.executeStep()) {
        const auto batch = read_batch(rows, file);
        if (!batch)
            return std::unexpected(batch.error());
        for (const ContactRow& contact : batch->content.contacts)
            visit(batch->content.target, contact);
    }
    return {};
}

BatchNumber read_last_batch(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement last(database, "SELECT coalesce(max(batch), 0) FROM batches WHERE run = ?");
    start(last, run);
    last.executeStep();
    return last.getColumn(0).getInt64();
}

}  // namespace seqload::state
