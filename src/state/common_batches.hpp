#pragma once

// The batches whose rows share an outcome that is stored once, in the batch.
//
// Throws SQLite::Exception.

#include "seqload/base/error.hpp"
#include "seqload/model/row.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace seqload::state {

// SQL for batches with a row that has the common outcome.
inline constexpr const char* has_common_rows = "common_rows > 0";

// The rows in the members of such a batch, those with an outcome of their own too. Error: damage.
Result<void> read_common_rows(std::string_view members, BatchNumber batch, const std::string& file,
                              std::vector<RowNumber>& rows);

// Each of the run's, in no order, with its rows as above. Error: damage.
Result<void> for_each_common_batch(
    SQLite::Database& database, const std::string& file, std::int64_t run,
    const std::function<void(BatchNumber, std::span<const RowNumber>)>& visit);

// Every row of the run that has an outcome, in no order, some twice. Error: damage.
Result<void> for_each_settled_row(SQLite::Database& database, const std::string& file,
                                  std::int64_t run, const std::function<void(RowNumber)>& visit);

// The batch of each row that is in one of them.
class CommonBatchOfRow {
public:
    static Result<CommonBatchOfRow> read(SQLite::Database& database, const std::string& file,
                                         std::int64_t run);

    std::optional<BatchNumber> find(RowNumber row) const;

private:
    std::vector<BatchNumber> batches_;
    std::vector<std::pair<RowNumber, std::uint32_t>> places_;  // by row, of its batch
};

}  // namespace seqload::state
