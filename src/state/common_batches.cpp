#include "common_batches.hpp"

#include "quick_statement.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/members.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace seqload::state {

Result<void> read_common_rows(std::string_view members, BatchNumber batch, const std::string& file,
                              std::vector<RowNumber>& rows) {
    if (!contact_rows_in(members, rows) || rows.front() == 0 ||
        std::ranges::adjacent_find(rows, std::greater_equal{}) != rows.end())
        return std::unexpected(
            damage(joined("batch ", std::to_string(batch), " cannot be read"), file));
    return {};
}

Result<void> for_each_common_batch(
    SQLite::Database& database, const std::string& file, std::int64_t run,
    const std::function<void(BatchNumber, std::span<const RowNumber>)>& visit) {
    QuickStatement batches(
        database, joined("SELECT batch, members FROM batches WHERE run = ? AND ", has_common_rows));
    batches.start(run);
    std::vector<RowNumber> rows;
    while (batches.step()) {
        const BatchNumber batch = batches.number(0);
        if (auto read = read_common_rows(batches.text(1), batch, file, rows); !read)
            return read;
        visit(batch, rows);
    }
    return {};
}

Result<void> for_each_settled_row(SQLite::Database& database, const std::string& file,
                                  std::int64_t run, const std::function<void(RowNumber)>& visit) {
    QuickStatement own(database, "SELECT row FROM outcomes WHERE run = ?");
    own.start(run);
    while (own.step()) {
        const std::int64_t row = own.number(0);
        if (row < 1 || row > std::numeric_limits<RowNumber>::max())
            return std::unexpected(damage("an outcome is for a row that no input can have", file));
        visit(static_cast<RowNumber>(row));
    }
    return for_each_common_batch(database, file, run,
                                 [&visit](BatchNumber, std::span<const RowNumber> rows) {
                                     std::ranges::for_each(rows, visit);
                                 });
}

Result<CommonBatchOfRow> CommonBatchOfRow::read(SQLite::Database& database, const std::string& file,
                                                std::int64_t run) {
    CommonBatchOfRow known;
    auto visited = for_each_common_batch(
        database, file, run, [&known](BatchNumber batch, std::span<const RowNumber> rows) {
            const auto place = static_cast<std::uint32_t>(known.batches_.size());
            known.batches_.push_back(batch);
            for (const RowNumber row : rows)
                known.places_.emplace_back(row, place);
        });
    if (!visited)
        return std::unexpected(std::move(visited.error()));
    std::ranges::sort(known.places_);
    return known;
}

std::optional<BatchNumber> CommonBatchOfRow::find(RowNumber row) const {
    const auto place =
        std::ranges::lower_bound(places_, row, {}, &std::pair<RowNumber, std::uint32_t>::first);
    if (place == places_.end() || place->first != row)
        return std::nullopt;
    return batches_[place->second];
}

}  // namespace seqload::state
