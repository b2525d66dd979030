#pragma once

// One pass over the input: every data record of every file, in order, as a row
// that is good or invalid. A bad record is a row; an error is only what makes
// the rest unreadable.

#include "seqload/base/error.hpp"
#include "seqload/input/column.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/schema.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace seqload::input {

// For a status line, in raw bytes. May run ahead of the rows by some 5 MiB.
struct Progress {
    std::uint64_t bytes_read = 0;
    std::optional<std::uint64_t> bytes_total;  // nullopt: a pipe is among the files
};

// To be used by one thread at a time. Large files are read, unpacked and cut
// into records on a thread of their own.
class RowReader {
public:
    // Reads and checks every header at once. The files and the targets must
    // outlive the reader; targets of good rows are added as they are met.
    // Errors: unusable_input (no header, no column that is needed, two columns
    // of one role, not CSV), usage (a delimiter or --map that cannot be meant),
    // changed_input.
    static Result<std::unique_ptr<RowReader>> open(InputSet& files, const ReadOptions& options,
                                                   TargetTable& targets);
    ~RowReader();
    RowReader(const RowReader&) = delete;
    RowReader& operator=(const RowReader&) = delete;

    // Fills the row and returns true, or false after the last. Hand in the same
    // Row each time: its strings are used again, and a good row then costs no
    // allocation. The first pass fills the files' fingerprints; a later one
    // compares each MiB before any row of it is handed out.
    // Errors end the pass: changed_input, unusable_input (a broken archive, more
    // rows than a row number can count), local_fault (the disk).
    Result<bool> next(Row& row);

    // About the row last returned; the views are valid until the next call.

    // Its cells as in the file, unescaped, bad bytes as U+FFFD; as many as the
    // record has. Of a record over 1 MiB only the beginning, of an unterminated
    // quote the first line.
    std::span<const std::string_view> cells() const;

    // Its cell in that column as the file has it (ids untrimmed and in their own
    // case), "" where the file or the record has none.
    std::string_view raw(Column column) const;

    const Schema& schema() const;

    // Safe to call from any thread.
    Progress progress() const;

private:
    class Pass;

    explicit RowReader(std::unique_ptr<Pass> pass);

    std::unique_ptr<Pass> pass_;
};

}  // namespace seqload::input
