#include "common_rows.hpp"

#include "bytes.hpp"
#include "common_batches.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace seqload::state {

namespace {

// The first row of a batch and its last, without the rest of its members.
constexpr const char* ends_of_batches =
    "SELECT rowid, substr(members, 1, 4), substr(members, -16, 4) FROM batches WHERE run = ? AND ";

constexpr const char* batch_at =
    "SELECT batch, members, common_status, common_reason, common_detail, common_contacts_added, "
    "common_contacts_skipped FROM batches WHERE rowid = ?";

// Members that cannot be read are found out when the batch is opened, so it must not be missed.
RowNumber row_in(std::string_view bytes, RowNumber unreadable) {
    return bytes.size() == sizeof(RowNumber) ? number_at<RowNumber>(bytes, 0) : unreadable;
}

}  // namespace

CommonRows::CommonRows(SQLite::Database& database, std::string file, std::int64_t run,
                       RowNumber first)
    : file_(std::move(file)), first_(first), find_(database, batch_at) {
    list_batches(database, run);
}

void CommonRows::list_batches(SQLite::Database& database, std::int64_t run) {
    QuickStatement batches(database, joined(ends_of_batches, has_common_rows));
    batches.start(run);
    while (batches.step()) {
        if (row_in(batches.text(2), std::numeric_limits<RowNumber>::max()) >= first_)
            listed_.push_back({.first = row_in(batches.text(1), 0), .rowid = batches.number(0)});
    }
    std::ranges::sort(listed_, {}, &Listed::first);
}

Result<void> CommonRows::advance() {
    Open& batch = open_[waiting_.front().place];
    if (++batch.next < batch.rows.size()) {
        waiting_.front().row = batch.rows[batch.next];
        sink_front();
    } else {
        std::ranges::pop_heap(waiting_, comes_later);
        free_.push_back(waiting_.back().place);
        waiting_.pop_back();
    }
    return open_batches();
}

// Down to where the heap is one again: mostly it stays, for the next row is of the same batch.
void CommonRows::sink_front() {
    std::size_t place = 0;
    for (std::size_t child = 1; child < waiting_.size(); child = 2 * place + 1) {
        if (child + 1 < waiting_.size() && comes_later(waiting_[child], waiting_[child + 1]))
            ++child;
        if (!comes_later(waiting_[place], waiting_[child]))
            return;
        std::swap(waiting_[place], waiting_[child]);
        place = child;
    }
}

Result<void> CommonRows::open_batches() {
    while (next_listed_ < listed_.size() && listed_[next_listed_].first <= row()) {
        if (auto opened = open(listed_[next_listed_++].rowid); !opened)
            return opened;
    }
    return {};
}

Result<void> CommonRows::open(std::int64_t rowid) {
    find_.start(rowid);
    if (!find_.step())
        return {};  // cannot be: all is read at one moment
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(open_.size()));
        open_.emplace_back();
    }
    const std::uint32_t place = free_.back();
    Open& batch = open_[place];
    const BatchNumber number = find_.number(0);
    if (auto read = read_common_rows(find_.text(1), number, file_, batch.rows); !read)
        return read;
    batch.outcome = {.row = no_row,
                     .status = find_.number(2),
                     .reason = find_.optional_number(3),
                     .detail = find_.optional_number(4),
                     .same_as = 0,
                     .contacts_added = find_.optional_number(5),
                     .contacts_skipped = find_.optional_number(6),
                     .batch = number,
                     .settled_at = std::nullopt,
                     .verified_at = std::nullopt};
    find_.reset();
    const auto next = std::ranges::lower_bound(batch.rows, first_);
    batch.next = static_cast<std::size_t>(next - batch.rows.begin());
    if (next == batch.rows.end())
        return {};
    free_.pop_back();
    waiting_.push_back({.row = *next, .place = place});
    std::ranges::push_heap(waiting_, comes_later);
    return {};
}

}  // namespace seqload::state
